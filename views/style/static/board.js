/* Python renders the board. This script returns the level that was chosen, and keeps the focus. */
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
