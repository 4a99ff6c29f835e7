/* The board is drawn in Python. Here a level that was picked is told back, and the focus stays where it was. */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".w-board");
  if (!root) return;
  if (root.drawn !== data.html) {
    const focused = root.contains(document.activeElement) ? document.activeElement.name : null;
    root.innerHTML = data.html;
    root.drawn = data.html;
    if (focused !== null) root.querySelector(`select[name="${focused}"]`)?.focus();
  }
  root.onchange = ({ target }) => setTriggerValue("picked", `${target.name}.${target.value}`);
}
