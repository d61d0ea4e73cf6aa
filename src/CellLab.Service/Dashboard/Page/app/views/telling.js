// Says what has happened, to be read and to be heard.
let clearing = 0;

export function tell(text) {
  const line = document.getElementById('told');
  line.textContent = text;
  line.classList.remove('only-read');
  line.classList.add('toast');
  clearTimeout(clearing);
  clearing = setTimeout(() => { line.classList.add('only-read'); line.classList.remove('toast'); line.textContent = ''; }, 6000);
}
