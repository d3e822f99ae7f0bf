// @vitest-environment jsdom
import { expect, it } from "vitest";
import { admittedPerFrame, AdmissionQueue } from "./admission";

it("admits several images when frames are on time, one when late, none in a fling", () => {
  expect(admittedPerFrame(16, 0)).toBe(8);
  expect(admittedPerFrame(40, 1)).toBe(1);
  expect(admittedPerFrame(16, 10)).toBe(0);
});

it("starts what waits in order, and never what gave its place up", async () => {
  const queue = new AdmissionQueue();
  const started: number[] = [];
  const releases = [0, 1, 2].map((number) => queue.request(() => started.push(number)));
  releases[1]?.();
  await expect.poll(() => started).toEqual([0, 2]);
});
