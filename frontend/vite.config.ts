import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath, URL } from "node:url";
import { defineConfig } from "vitest/config";

const server = process.env.GALLERYNET_URL ?? "http://127.0.0.1:3000";
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Each page is a build of its own (see package.json): in one, the app would load at its start
// whatever of a shared library only the API explorer uses.
export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": at("./src") } },
  build: {
    // GALLERYNET_WEB lets a check build elsewhere than into the package that a developer is serving.
    outDir: process.env.GALLERYNET_WEB ?? at("../gallerynet/web"),
    emptyOutDir: mode !== "graphiql",
    target: "es2022",
    // Monaco, which only /graphiql loads, is one chunk of several megabytes by nature.
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      input: at(mode === "graphiql" ? "./graphiql.html" : "./index.html"),
      // What the first page needs, in few files: dozens of small ones compress a tenth worse.
      output: {
        codeSplitting: {
          groups: [
            { name: "vendor", tags: ["$initial"], test: /node_modules[\\/](react|react-dom|scheduler|react-router|urql|@urql|@0no-co|wonka|graphql-ws|sonner|thumbhash|gql\.tada)[\\/]/ },
            { name: "start", tags: ["$initial"], test: /([\\/]src[\\/](?!graphiql|main\.tsx)|lucide-react)/ },
          ],
        },
      },
    },
  },
  worker: { format: "es" },
  // It imports workers, which the dependency optimizer cannot read.
  optimizeDeps: { exclude: ["graphiql/setup-workers/vite", "@graphiql/react/setup-workers/vite"] },
  server: {
    port: 5173,
    proxy: {
      "/graphql": { target: server, ws: true },
      ...Object.fromEntries(["/media", "/thumbnails", "/originals", "/uploads", "/health"].map((path) => [path, { target: server }])),
    },
  },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
}));
