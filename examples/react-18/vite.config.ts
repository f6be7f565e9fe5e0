import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // Only here, where the package is a link: it would find the React 19 beside it.
  resolve: { dedupe: ['react'] },
  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://localhost:3100' } },
})
