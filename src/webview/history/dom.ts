type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Listeners = Readonly<Record<string, (event: never) => void>>;

/** An HTML element with its attributes and children. Texts become text, never markup. */
export function html<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. It is styled by classes, since the page allows no inline styles. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  setAttributes(element, attributes);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Adds listeners and returns the element. */
export function listening<E extends Element>(element: E, listeners: Listeners): E {
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
  return element;
}

/** A button with a text. */
export function button(text: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return listening(html('button', { type: 'button', ...attributes }, text), { click: press });
}

/** A checkbox with its label. */
export function checkbox(
  text: string,
  checked: boolean,
  change: (checked: boolean) => void,
  title?: string,
): HTMLLabelElement {
  const input = html('input', { type: 'checkbox' });
  input.checked = checked;
  listening(input, {
    change: () => {
      change(input.checked);
    },
  });
  return html('label', { class: 'check', title }, input, ` ${text}`);
}
