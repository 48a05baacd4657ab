/** Does something with a folder as the working folder, which stands for a project of its own where it holds none. */
export async function inside<T>(folder: string, act: () => T | Promise<T>): Promise<T> {
  const before = process.cwd()
  process.chdir(folder)
  try {
    return await act()
  } finally {
    process.chdir(before)
  }
}
