// Builds every module, each whole in itself.
import { spawnSync } from 'node:child_process';

for (const mode of ['tollgate', 'upgrade-prompt', 'admin', 'de', 'status', 'pages', 'gallery']) {
  const { status } = spawnSync(`npx --no vite build --mode ${mode}`, { shell: true, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
