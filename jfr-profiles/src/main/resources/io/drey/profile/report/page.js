'use strict';
// Draws the page from the element "data"; its shape is that of the class PageData.
const data = JSON.parse(document.getElementById('data').textContent);
const PHASES = ['Quiesce', 'Seal', 'Write', 'Force', 'Commit', 'Release', 'Recycle'];
// The colours of Okabe and Ito, which people with any colour vision can tell apart.
const ON_LIGHT = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#cc79a7', '#56b4e9', '#7d838d'];
const ON_DARK = ['#5cb0f2', '#f0b429', '#2fbf8f', '#f2783a', '#e09cc0', '#a6dcf8', '#a8b0bb'];
const DARK = window.matchMedia('(prefers-color-scheme: dark)');
// Marks of a time axis are less than a second apart.
const BRIEF = data.to - data.from < 10000;
const charts = [];
let COLOURS = ON_LIGHT;
let store = 0;

function nanos(n) {
  for (const [unit, size] of [['s', 1e9], ['ms', 1e6], ['µs', 1e3]]) {
    if (Math.abs(n) >= size) return digits(n / size) + ' ' + unit;
  }
  return Math.round(n) + ' ns';
}
function bytes(n) {
  for (const [unit, size] of [['GiB', 2 ** 30], ['MiB', 2 ** 20], ['KiB', 2 ** 10]]) {
    if (Math.abs(n) >= size) return digits(n / size) + ' ' + unit;
  }
  return Math.round(n) + ' B';
}
function digits(x) { return String(Number(x.toPrecision(3))); }
function count(n) { return n >= 10 || Number.isInteger(n) ? Math.round(n).toLocaleString('en') : digits(n); }
function share(x) { return digits(100 * x) + ' %'; }
function clock(ms, withMillis) {
  const d = new Date(ms);
  const two = (n) => String(n).padStart(2, '0');
  const text = two(d.getHours()) + ':' + two(d.getMinutes()) + ':' + two(d.getSeconds());
  return withMillis ? text + '.' + String(d.getMilliseconds()).padStart(3, '0') : text;
}
function of(rows) { return rows.filter((row) => row.store === store); }

function element(tag, parent, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  if (parent) parent.append(made);
  return made;
}
function body(id) {
  const found = document.querySelector('#' + id + ' .body');
  found.replaceChildren();
  return found;
}
/** Says why a section is empty: its event was off, or nothing happened. */
function empty(parent, event, otherwise) {
  const name = 'io.drey.' + event;
  const enabled = data.settings[name];
  const text = enabled === false
    ? name + ' was disabled in this recording. Turn it on with settings=drey-normal, or with '
      + name + '#enabled=true behind -XX:StartFlightRecording:'
    : enabled === undefined && data.stores.length === 0
      ? 'The recording knows no event ' + name + ': no store was open in it, or it is of another version.'
      : otherwise;
  element('p', parent, text, 'empty');
}

function css(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
function axis(extra) {
  return Object.assign({
    axisLabel: { color: css('--soft') },
    axisLine: { lineStyle: { color: css('--line') } },
    splitLine: { lineStyle: { color: css('--line') } },
    nameTextStyle: { color: css('--soft') },
  }, extra);
}
function timeAxis() {
  return axis({
    type: 'value', min: data.from, max: data.to, scale: true,
    splitLine: { show: false }, splitNumber: 6,
    axisLabel: { color: css('--soft'), formatter: (v) => clock(v, BRIEF), showMinLabel: true, showMaxLabel: false, hideOverlap: true },
    axisPointer: { label: { formatter: (p) => clock(p.value, true) } },
  });
}
function valueAxis(name, format, extra) {
  return axis(Object.assign({
    type: 'value', name, nameGap: 12, nameTextStyle: { align: 'left', color: css('--soft') },
    axisLabel: { color: css('--soft'), formatter: format },
  }, extra));
}
function tooltip(format) {
  return {
    trigger: 'axis', confine: true, backgroundColor: css('--card'), borderColor: css('--line'),
    textStyle: { color: css('--ink') }, axisPointer: { type: 'line', snap: true },
    formatter: (points) => {
      const rows = points.filter((p) => p.value[1] !== null && p.value[1] !== undefined)
        .map((p) => p.marker + escape(p.seriesName) + ' <b>' + format(p.value[1], p.seriesName) + '</b>');
      return clock(points[0].value[0]) + '<br>' + rows.join('<br>');
    },
  };
}
/** An axis of bytes up to at least {@code most}, with marks at powers of two. */
function bytesAxis(name, most) {
  const interval = 2 ** Math.ceil(Math.log2(Math.max(most, 1) / 5));
  return valueAxis(name, bytes, { min: 0, max: interval * Math.ceil(Math.max(most, 1) / interval), interval });
}
/** Tooltips are HTML, and texts come from the recording. */
function escape(text) {
  return String(text).replace(/[&<>"]/g, (c) => '&#' + c.charCodeAt(0) + ';');
}
function draw(parent, option, className) {
  const place = element('div', parent, undefined, 'chart ' + (className || ''));
  const chart = echarts.init(place, null, { renderer: 'svg' });
  charts.push(chart);
  chart.setOption(Object.assign({
    animation: false, color: COLOURS, aria: { enabled: true },
    legend: { top: 0, right: 0, textStyle: { color: css('--ink') } },
    grid: { left: 70, right: 60, top: 46, bottom: 30 },
  }, option));
  return chart;
}
/** A chart over the time of the recording, zoomed and pointed at together with the others. */
function overTime(parent, series, axes, format, option) {
  const chart = draw(parent, Object.assign({
    tooltip: tooltip(format), xAxis: timeAxis(), yAxis: axes,
    series: series.map((s) => Object.assign({ type: 'line', showSymbol: s.data.length < 3, symbolSize: 7, lineStyle: { width: 2 } }, s)),
    dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false }],
  }, option));
  chart.group = 'time';
  return chart;
}

function drawHead() {
  const head = document.getElementById('head');
  head.replaceChildren();
  const facts = element('dl', head);
  const fact = (name, value) => { element('dt', element('div', facts), name).after(element('dd', null, value)); };
  const found = data.stores.find((s) => s.store === store);
  if (!found) {
    element('p', head, 'There is no event of a store in this recording.', 'empty');
    return;
  }
  if (found.storage || found.directory) {
    fact('Directory', found.directory || 'none: in memory, or over a user\'s storage');
    fact('Storage', found.storage);
    fact('Access', found.access);
    fact('Durability', found.durability);
    fact('Pool limit', bytes(found.poolLimit));
    fact('Opening', found.failure ? 'failed: ' + found.failure : nanos(found.nanos) + ', ' + count(found.records) + ' records replayed');
    if (found.tail) fact('Journal tail', found.tail);
  } else {
    fact('Store', 'number ' + store + ', opened before the recording began');
  }
  fact('Length of the recording', nanos((data.to - data.from) * 1e6));
  if (found.failed) fact('Failed', found.failed);
  for (const note of data.notes) element('p', head, note, 'empty');
}

function verdictCard(parent, verdict) {
  const card = element('div', parent, undefined, 'verdict ' + verdict.severity);
  const first = element('p', card);
  element('b', first, { WARNING: '▲ Warning', INFO: '● Info', OK: '✓ Fine' }[verdict.severity] + ' ', 'level');
  element('b', first, verdict.name);
  if (verdict.score >= 0) first.append(' · score ' + Math.round(verdict.score) + ' of 100');
  element('p', card, verdict.summary);
  if (verdict.solution) element('p', card, verdict.solution);
  if (verdict.explanation) element('p', card, verdict.explanation, 'more');
}
function drawVerdicts() {
  const place = body('verdicts');
  const own = data.verdicts.filter((v) => v.subject === 'DREY');
  const groups = [
    [own.filter((v) => v.severity !== 'OK'), null],
    [own.filter((v) => v.severity === 'OK'), ' rules about the store have nothing to complain of'],
    [data.verdicts.filter((v) => v.subject === 'JAVA' && v.severity !== 'OK'), ' remarks of Mission Control about the process around it'],
    [data.verdicts.filter((v) => v.subject === 'JAVA' && v.severity === 'OK'), ' rules about the process have nothing to complain of'],
  ];
  if (groups[0][0].length === 0) element('p', place, 'No rule about the store complains.', 'empty');
  for (const [verdicts, title] of groups) {
    if (verdicts.length === 0) continue;
    let parent = place;
    if (title) {
      parent = element('details', place);
      element('summary', parent, verdicts.length + title);
    }
    for (const verdict of verdicts) verdictCard(parent, verdict);
  }
  for (const failure of data.ruleFailures) element('p', place, 'A rule failed: ' + failure, 'empty');
}

function table(parent, heads, rows) {
  const made = element('table', element('div', parent, undefined, 'scroll'));
  const top = element('tr', element('thead', made));
  for (const head of heads) element('th', top, head);
  const all = element('tbody', made);
  for (const row of rows) {
    const line = element('tr', all);
    for (const cell of row) element('td', line, cell);
  }
}
function checkpointAreas() {
  return {
    silent: true, itemStyle: { color: css('--soft'), opacity: 0.16 },
    data: of(data.checkpoints).map((c) => [{ xAxis: c.start }, { xAxis: c.start + Math.max(c.nanos / 1e6, (data.to - data.from) / 1000) }]),
  };
}
function drawLatency() {
  const place = body('latency');
  const overall = of(data.overall).sort((a, b) => b.timed * b.sample - a.timed * a.sample);
  if (overall.length === 0) {
    empty(place, 'LatencyStatistics', 'No call was timed: there were fewer than one in a sample, or none.');
    return;
  }
  const tabs = element('div', place, undefined, 'tabs');
  const below = element('div', place);
  const show = (operation) => {
    for (const b of tabs.children) b.setAttribute('aria-pressed', b.textContent === operation);
    for (const c of charts.splice(0)) {
      if (below.contains(c.getDom())) c.dispose(); else charts.push(c);
    }
    below.replaceChildren();
    const rows = of(data.latency).filter((r) => r.operation === operation);
    const line = (name, field, more) => Object.assign({ name, data: rows.map((r) => [r.time, r[field] || null]) }, more);
    overTime(below, [
      line('Median', 'p50', { markArea: checkpointAreas() }), line('90 %', 'p90', { color: COLOURS[5] }), line('99 %', 'p99', { color: COLOURS[1] }),
      line('99.9 %', 'p999', { color: COLOURS[3] }), line('Longest', 'max', { color: COLOURS[6], lineStyle: { width: 1, type: 'dashed' } }),
    ], valueAxis('Latency of ' + operation + ' (logarithmic)', nanos, { type: 'log' }), nanos, {
      dataZoom: [{ type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false },
        { type: 'slider', height: 18, bottom: 6, labelFormatter: (v) => clock(v, BRIEF), textStyle: { color: css('--soft') }, borderColor: css('--line') }],
      grid: { left: 70, right: 60, top: 46, bottom: 52 },
    }).getDom().classList.add('tall');
    charts.at(-1).resize();
    echarts.connect('time');
  };
  for (const row of overall) element('button', tabs, row.operation).onclick = () => show(row.operation);
  show(overall[0].operation);
  table(place, ['Whole recording', 'Timed', 'Sample', 'Median', '90 %', '99 %', '99.9 %', 'Longest'],
    overall.map((r) => [r.operation, count(r.timed), '1 in ' + r.sample, ...[r.p50, r.p90, r.p99, r.p999, r.max].map(nanos)]));
}

function drawSlow() {
  const place = body('slow');
  const rows = of(data.slow);
  if (rows.length === 0) {
    empty(place, 'SlowOperation', 'No call took longer than the threshold of io.drey.SlowOperation, which is 10 ms unless set otherwise.');
    return;
  }
  const COLUMNS = 80;
  const PER_DECADE = 5;
  const ROWS = 10; // at least, so that a cell stays a cell
  const width = Math.max((data.to - data.from) / COLUMNS, 1);
  const cells = new Map();
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    const x = Math.min(COLUMNS - 1, Math.max(0, Math.floor((row.start - data.from) / width)));
    const y = Math.floor(Math.log10(row.nanos) * PER_DECADE);
    low = Math.min(low, y);
    high = Math.max(high, y);
    const key = x + ' ' + y;
    if (!cells.has(key)) cells.set(key, { x, y, calls: 0, steps: {} });
    const cell = cells.get(key);
    cell.calls++;
    cell.steps[row.dominant] = (cell.steps[row.dominant] || 0) + row.nanos;
  }
  high = Math.max(high, low + ROWS - 1);
  const edge = (y) => nanos(10 ** (y / PER_DECADE));
  const most = Math.max(...[...cells.values()].map((c) => c.calls));
  const byStep = {};
  for (const cell of cells.values()) {
    const step = Object.entries(cell.steps).sort((a, b) => b[1] - a[1])[0][0];
    (byStep[step] = byStep[step] || []).push({
      value: [cell.x, cell.y - low, cell.calls],
      itemStyle: { opacity: 0.45 + 0.55 * Math.log(1 + cell.calls) / Math.log(1 + most) },
    });
  }
  const heights = Array.from({ length: high - low + 1 }, (_, i) => i + low);
  const size = () => {
    const inner = place.clientWidth - 130;
    return [Math.max(3, inner / COLUMNS - 1), Math.max(6, (340 - 76) / heights.length - 1)];
  };
  const chart = draw(place, {
    xAxis: axis({ type: 'category', data: Array.from({ length: COLUMNS }, (_, i) => clock(data.from + i * width, BRIEF)), axisLabel: { color: css('--soft'), interval: 9 } }),
    yAxis: axis({ type: 'category', name: 'Duration, from', nameTextStyle: { align: 'left', color: css('--soft') }, data: heights.map(edge) }),
    tooltip: {
      confine: true, backgroundColor: css('--card'), borderColor: css('--line'), textStyle: { color: css('--ink') },
      formatter: (p) => clock(data.from + p.value[0] * width, true) + ' – ' + clock(data.from + (p.value[0] + 1) * width, true) + '<br>'
        + edge(p.value[1] + low) + ' to ' + edge(p.value[1] + low + 1) + ': <b>' + count(p.value[2]) + ' calls</b><br>mostly ' + escape(p.seriesName),
    },
    series: Object.entries(byStep).sort().map(([name, points], i) => ({
      type: 'scatter', name, symbol: 'rect', data: points, symbolSize: size, color: COLOURS[i % COLOURS.length],
    })),
  }, 'tall');
  chart.setOption({});
}

function drawCheckpoints() {
  const place = body('checkpoints');
  const rounds = of(data.checkpoints);
  if (rounds.length === 0) {
    empty(place, 'Checkpoint', 'No checkpoint was made while it was recorded.');
    return;
  }
  const text = (r) => '<b>Checkpoint ' + r.checkpoint + '</b> ' + escape(r.reason) + ', ' + clock(r.start, true) + '<br>' + nanos(r.nanos)
    + ' (parting ' + nanos(r.parting) + ')<br>' + count(r.blobs) + ' blobs, ' + bytes(r.bytes) + ' written, ' + bytes(r.journalBytes) + ' of journal released'
    + (r.failure ? '<br>failed: ' + escape(r.failure) : '') + '<br>'
    + PHASES.map((p, i) => '<span style="color:' + COLOURS[i] + '">■</span> ' + p + ' <b>' + nanos(r.phases[i]) + '</b>').join('<br>');
  draw(place, {
    xAxis: axis({ type: 'category', name: 'Checkpoint', nameLocation: 'middle', nameGap: 26, data: rounds.map((r) => String(r.checkpoint)) }),
    yAxis: valueAxis('Duration', nanos),
    grid: { left: 70, right: 60, top: 46, bottom: rounds.length > 80 ? 70 : 44 },
    dataZoom: rounds.length > 80 ? [{ type: 'slider', height: 18, bottom: 6, borderColor: css('--line') }] : [],
    tooltip: {
      trigger: 'axis', confine: true, axisPointer: { type: 'shadow' }, backgroundColor: css('--card'), borderColor: css('--line'),
      textStyle: { color: css('--ink') }, formatter: (points) => text(rounds[points[0].dataIndex]),
    },
    series: PHASES.map((name, i) => ({ type: 'bar', stack: 'phases', name, barMaxWidth: 40, data: rounds.map((r) => r.phases[i]) })),
  }, 'tall');
}

function drawForces() {
  const place = body('forces');
  const rows = of(data.forces);
  if (rows.length === 0) {
    empty(place, 'JournalForce', 'The journal was not forced while it was recorded: with durability OS or NONE only checkpoints do it.');
    return;
  }
  const sum = (field) => rows.reduce((a, r) => a + r[field], 0);
  const at = (r) => Math.max(r.second, data.from);
  element('p', place, count(sum('forces')) + ' forces of ' + nanos(sum('nanos') / sum('forces')) + ' on average, for '
    + digits(sum('commits') / sum('forces')) + ' commits a force, ' + bytes(sum('bytes')) + ' in all.');
  overTime(place, [
    { name: 'Mean', data: rows.map((r) => [at(r), r.nanos / r.forces]) },
    { name: 'Longest', color: COLOURS[3], data: rows.map((r) => [at(r), r.longest]) },
  ], valueAxis('Duration of a force (logarithmic)', nanos, { type: 'log' }), nanos);
  overTime(place, [
    { name: 'Forces a second', type: 'bar', barMaxWidth: 12, color: COLOURS[5], data: rows.map((r) => [at(r), r.forces]) },
    { name: 'Commits a force', yAxisIndex: 1, color: COLOURS[1], data: rows.map((r) => [at(r), r.commits / r.forces]) },
  ], [valueAxis('Forces a second', count), valueAxis('Commits a force', count, { nameTextStyle: { align: 'right', color: css('--soft') }, splitLine: { show: false } })], count);
}

function drawJournal() {
  const place = body('journal');
  const rows = of(data.journal);
  if (rows.length === 0) {
    empty(place, 'JournalStatistics', 'It is told every second, and the store was open for less.');
    return;
  }
  const series = [
    { name: 'Since the last checkpoint', data: rows.map((r) => [r.time, r.sinceCheckpoint]), areaStyle: { opacity: 0.15 }, markArea: checkpointAreas() },
    { name: 'Append rate, a second', data: rows.map((r) => [r.time, r.rate]), color: COLOURS[1] },
  ];
  // A limit far above what was reached would flatten the rest.
  const reached = Math.max(...rows.map((r) => r.sinceCheckpoint));
  if (rows[0].limit > 0 && rows[0].limit < 4 * reached) {
    series.push({ name: 'Limit: writers wait', data: rows.map((r) => [r.time, r.limit]), color: COLOURS[3], lineStyle: { type: 'dashed' } });
  } else if (rows[0].limit > 0) {
    element('p', place, 'Writers would wait at ' + bytes(rows[0].limit) + ' since the last checkpoint; at most ' + bytes(reached) + ' were reached.');
  }
  const most = Math.max(...series.flatMap((s) => s.data.map((point) => point[1])));
  overTime(place, series, bytesAxis('Bytes', most), bytes);
}

/** Differences between counters of neighbours, a second. */
function rates(rows, field) {
  const points = [];
  for (let i = 1; i < rows.length; i++) {
    const seconds = (rows[i].time - rows[i - 1].time) / 1000;
    if (seconds > 0) points.push([rows[i].time, (rows[i][field] - rows[i - 1][field]) / seconds]);
  }
  return points;
}
function drawPool() {
  const place = body('pool');
  const rows = of(data.pool);
  if (rows.length === 0) {
    empty(place, 'PoolStatistics', 'It is told every second, and the store was open for less.');
    return;
  }
  const line = (name, field, color) => ({ name, color, data: rows.map((r) => [r.time, r[field]]) });
  overTime(place, [
    line('All', 'frames', COLOURS[6]),
    Object.assign(line('Dirty', 'dirty', COLOURS[3]), { areaStyle: { opacity: 0.15 }, markArea: checkpointAreas() }),
    line('Free', 'free', COLOURS[2]),
  ], valueAxis('Frames', count), count);
  overTime(place, [
    { name: 'Loads', data: rates(rows, 'loads') }, { name: 'Evictions', data: rates(rows, 'evictions'), color: COLOURS[1] },
    { name: 'Spills', data: rates(rows, 'spills'), color: COLOURS[3] }, { name: 'Page reads', data: rates(rows, 'pageReads'), color: COLOURS[4] },
    { name: 'Miss share', yAxisIndex: 1, color: COLOURS[6], lineStyle: { width: 1, type: 'dashed' }, data: rows.map((r) => [r.time, r.missShare]) },
  ], [valueAxis('A second', count), valueAxis('Reads that missed', share, { max: 1, min: 0, nameTextStyle: { align: 'right', color: css('--soft') }, splitLine: { show: false } })],
  (v, name) => name === 'Miss share' ? share(v) : count(v));
}

function drawRestarts() {
  const place = body('restarts');
  const SHOWN = 20;
  const rows = of(data.restarts).sort((a, b) => b.restarts - a.restarts);
  if (rows.length === 0) {
    empty(place, 'LatchRestart', 'No walk began anew.');
    return;
  }
  const worst = rows.slice(0, SHOWN).reverse();
  if (rows.length > SHOWN) element('p', place, 'The worst ' + SHOWN + ' of ' + count(rows.length) + ' blobs.');
  draw(place, {
    legend: { show: false }, grid: { left: 110, right: 60, top: 20, bottom: 44 },
    xAxis: valueAxis('Restarts since the store was opened', count, { nameLocation: 'middle', nameGap: 26 }),
    yAxis: axis({ type: 'category', data: worst.map((r) => 'Blob ' + r.blob) }),
    tooltip: { confine: true, backgroundColor: css('--card'), borderColor: css('--line'), textStyle: { color: css('--ink') },
      formatter: (p) => escape(p.name) + ': <b>' + count(p.value) + ' restarts</b><br>last: ' + escape(worst[p.dataIndex].reason) },
    series: [{ type: 'bar', barMaxWidth: 22, data: worst.map((r) => r.restarts) }],
  });
  charts.at(-1).getDom().style.height = 80 + 26 * worst.length + 'px';
  charts.at(-1).resize();
}

function drawRecovery() {
  const place = body('recovery');
  const steps = of(data.recovery);
  if (steps.length === 0) {
    empty(place, 'RecoveryPhase', 'The store was opened before the recording began.');
    return;
  }
  const all = steps.reduce((sum, s) => sum + s.nanos, 0);
  draw(place, {
    xAxis: valueAxis('Time', nanos, { nameLocation: 'middle', nameGap: 26 }),
    yAxis: axis({ type: 'category', data: [''] }), grid: { left: 20, right: 60, top: 40, bottom: 44 },
    tooltip: { confine: true, backgroundColor: css('--card'), borderColor: css('--line'), textStyle: { color: css('--ink') },
      formatter: (p) => p.marker + escape(p.seriesName) + ' <b>' + nanos(p.value) + '</b> of ' + nanos(all) + '<br>' + count(steps[p.seriesIndex].records) + ' records' },
    series: steps.map((s) => ({ type: 'bar', stack: 'steps', name: s.phase, barMaxWidth: 46, data: [s.nanos] })),
  });
  charts.at(-1).getDom().style.height = '150px';
  charts.at(-1).resize();
}

function drawAll() {
  COLOURS = DARK.matches ? ON_DARK : ON_LIGHT;
  for (const chart of charts.splice(0)) chart.dispose();
  drawHead();
  drawVerdicts();
  for (const section of [drawLatency, drawSlow, drawCheckpoints, drawForces, drawJournal, drawPool, drawRestarts, drawRecovery]) section();
  echarts.connect('time');
}

document.getElementById('span').textContent = data.file
  + (data.to > 0 ? ', ' + new Date(data.from).toLocaleDateString('en-CA') + ' ' + clock(data.from) + ' to ' + clock(data.to) : '');
const select = document.getElementById('store');
for (const s of data.stores) element('option', select, s.store + (s.directory ? ': ' + s.directory : '')).value = s.store;
document.getElementById('choose').hidden = data.stores.length < 2;
// The store with most to show comes first.
const rowsOf = (s) => data.latency.concat(data.pool, data.checkpoints, data.forces).filter((r) => r.store === s.store).length;
if (data.stores.length > 0) store = data.stores.reduce((a, b) => (rowsOf(b) > rowsOf(a) ? b : a)).store;
select.value = store;
select.onchange = () => { store = Number(select.value); drawAll(); };
DARK.addEventListener('change', drawAll);
window.addEventListener('resize', () => { for (const chart of charts) chart.resize(); });
drawAll();
