import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const isCustomElement = (tag: string) => tag === 'crypto-checkout'

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://localhost:3100' } },
})
