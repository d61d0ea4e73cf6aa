// A map of patterns as a picture: time from left to right, angle upwards, counts as brightness. Between two patterns the nearer one is shown.
const COLUMNS = 500;

export function mapImage(patterns, places, [from, to], root) {
  const rows = patterns[0].counts.length;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [COLUMNS, rows];
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(COLUMNS, rows);
  const value = root ? (count) => Math.sqrt(Math.max(0, count)) : (count) => count;
  const [low, high] = limits(patterns, value);
  for (let column = 0; column < COLUMNS; column++) {
    const { counts } = patterns[nearest(places, from + ((column + 0.5) / COLUMNS) * (to - from))];
    for (let row = 0; row < rows; row++) {
      const count = counts[rows - 1 - row];
      paint(picture.data, (row * COLUMNS + column) * 4, count === null ? null : (value(count) - low) / (high - low));
    }
  }
  pen.putImageData(picture, 0, 0);
  return canvas.toDataURL('image/png');
}

function limits(patterns, value) {
  let low = Infinity;
  let high = -Infinity;
  for (const { counts } of patterns) {
    for (const count of counts) {
      if (count === null) continue;
      low = Math.min(low, value(count));
      high = Math.max(high, value(count));
    }
  }
  return high > low ? [low, high] : [0, 1];
}

function nearest(places, at) {
  let best = 0;
  places.forEach((place, index) => { if (Math.abs(place - at) < Math.abs(places[best] - at)) best = index; });
  return best;
}

// Dark blue over green to yellow: rising in brightness, so it reads in grey too.
const STOPS = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];

function paint(data, at, share) {
  if (share === null) { data[at + 3] = 0; return; }
  const place = Math.min(0.9999, Math.max(0, share)) * (STOPS.length - 1);
  const [a, b] = [STOPS[Math.floor(place)], STOPS[Math.floor(place) + 1]];
  for (let part = 0; part < 3; part++) data[at + part] = a[part] + (b[part] - a[part]) * (place % 1);
  data[at + 3] = 255;
}
