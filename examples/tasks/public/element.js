// Making elements. Text becomes text, never markup, so that what a user wrote cannot run.

/** An element with properties, listeners (`onclick: …`) and children; `null` children are left out. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'text') made.textContent = value;
    else if (key in made && typeof made[key] !== 'object') made[key] = value;
    else made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** A labelled input. */
export function field(label, properties) {
  return element('label', {}, label, element('input', properties));
}

/** A form whose fields reach `send` as an object; its button rests while `send` works. */
export function form(properties, send, ...children) {
  return element('form', {
    ...properties,
    onsubmit: async (event) => {
      event.preventDefault();
      const sent = event.currentTarget;
      const buttons = [...sent.querySelectorAll('button')];
      buttons.forEach((button) => { button.disabled = true; });
      await send(Object.fromEntries(new FormData(sent)), sent);
      buttons.forEach((button) => { button.disabled = false; });
    },
  }, ...children);
}
