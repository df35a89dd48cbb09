import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    outDir: 'dist',
    // The budget that counts is of gzipped code at first load: tools/check-bundle.ts.
    chunkSizeWarningLimit: 1000,
    target: 'es2023',
    // An asset of its own each: a page with a strict content policy allows no data: URLs in styles.
    assetsInlineLimit: 0,
  },
  server: {
    // `Host` stays that of the page: the server takes a POST only where `Origin` and `Host` are one.
    proxy: { '/api': { target: 'http://127.0.0.1:8127', changeOrigin: false } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    // One jsdom for a worker's files: making it takes longer than all the tests.
    isolate: false,
    setupFiles: ['src/testing/browser-parts.ts'],
    // Beside other suites what takes a second may take ten.
    testTimeout: 30_000,
  },
})
