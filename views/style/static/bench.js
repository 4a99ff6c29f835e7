/* Python renders the table of remedies. This script returns the line whose button was pressed, and keeps the focus. */
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".w-bench");
  if (!root) return;
  if (root.drawn !== data.html) {
    const focused = root.contains(document.activeElement) ? document.activeElement.name : null;
    root.innerHTML = data.html;
    root.drawn = data.html;
    if (focused !== null) root.querySelector(`button[name="${focused}"]`)?.focus();
  }
  root.onclick = ({ target }) => {
    const button = target.closest("button");
    if (button) setTriggerValue("tried", button.name);
  };
}
