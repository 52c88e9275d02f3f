function readBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result.split(',')[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

export function withoutFiles(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => !(value instanceof File)));
}

/** A command in a form that JSON can hold: its files go as text, beside the other options. */
export async function packCommand(name, options) {
  const files = {};
  for (const [key, file] of Object.entries(options))
    if (file instanceof File)
      files[key] = { name: file.name, type: file.type, base64: await readBase64(file) };
  return { name, options: withoutFiles(options), files };
}
