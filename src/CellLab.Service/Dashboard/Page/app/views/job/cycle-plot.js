// A plot of one chosen cycle with a slider over all of them; follows the newest cycle until somebody chooses another.
import { replace } from '../../dom.js';
import { reading } from '../../again.js';
import { onChange } from '../../live.js';
import { keep } from '../../router.js';
import { plotCard } from '../../plots/card.js';
import { cycleSlider } from './slider.js';

// newest: the last cycle that can be shown, asked once; running: the same from the job's progress; figure: what to draw for a cycle, or a sentence why not.
export function cyclePlot(body, context, { title, none, newest, running, figure }) {
  const card = plotCard(title, 420);
  const slider = cycleSlider({ chosen: Number(context.parameters.get('cycle')) || null, change: (cycle) => { keep({ cycle }); drawing.now(); } });
  replace(card.controls, slider.element);
  replace(body, card.element);
  let last = 0;
  const follow = () => {
    const now = running(context.current());
    if (now > last) { last = now; slider.setLast(now); if (slider.isNewest()) drawing.now(); }
  };
  const say = (error) => card.say(error.message);
  const beginning = reading(begin, say);
  const drawing = reading(draw, say);
  beginning.now();
  const end = onChange(follow);
  return () => { end(); beginning.end(); drawing.end(); card.end(); };

  async function begin() {
    last = Math.max(last, await newest());
    if (last === 0) { card.say(none); return; }
    slider.setLast(last);
    drawing.now();
  }

  async function draw() {
    const cycle = slider.value();
    const shown = await figure(cycle);
    if (cycle !== slider.value()) return; // the next reading has been asked for
    if (typeof shown === 'string') card.say(shown);
    else card.show(shown);
  }
}
