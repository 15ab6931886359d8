/**
 * Chromium keeps the boxes that it drew while a served font was on its way, for every text of that size and weight. A size
 * that it has not drawn in before, bigger by a thousandth, makes it draw all letters anew, with the font.
 */
export function reshapeWhenFontsCome(): void {
  let times = 0;
  document.fonts.addEventListener('loadingdone', () => {
    times += 1;
    document.documentElement.style.fontSize = `${100 + times / 10}%`;
  });
}
