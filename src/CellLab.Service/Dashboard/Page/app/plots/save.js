// Saves a figure as a file.
import { drawSvg } from './svg.js';
import { figureCsv } from './csv.js';
import { fileTheme } from './theme.js';

const SIZE = [1200, 700];
const PIXELS = 2;

export const saveCsv = (figure) => give(new Blob([figure.csv ?? figureCsv(figure)], { type: 'text/csv;charset=utf-8' }), figure, 'csv');

export const saveSvg = (figure) => give(svgBlob(figure), figure, 'svg');

export async function savePng(figure) {
  const picture = new Image();
  const address = URL.createObjectURL(svgBlob(figure));
  try {
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = SIZE.map((length) => length * PIXELS);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    give(await new Promise((done) => { canvas.toBlob(done, 'image/png'); }), figure, 'png');
  } finally {
    URL.revokeObjectURL(address);
  }
}

const svgBlob = (figure) => new Blob([new XMLSerializer().serializeToString(drawSvg(figure, ...SIZE, fileTheme()))], { type: 'image/svg+xml' });

function give(blob, figure, kind) {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = `${figure.title.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '').toLowerCase()}.${kind}`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
