import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [svelte()],
  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://localhost:3100' } },
})
