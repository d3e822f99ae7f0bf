const VERY_LIKELY = 0.9;

/** Words for a calibrated probability; what is shown at all is likely. */
export const likeliness = (confidence: number): "veryLikely" | "likely" => (confidence >= VERY_LIKELY ? "veryLikely" : "likely");
