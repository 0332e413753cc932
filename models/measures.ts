export interface Measures {
  readonly count: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly f1: Readonly<Record<string, number>>;
  /** The rows are the expected labels, the columns the predicted ones. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Accuracy, the F1 of each label, their mean, and the confusion matrix. Labels that never occur are left out of the
 * mean.
 */
export function measuresOf(
  labels: readonly string[],
  pairs: readonly { expected: string; predicted: string }[],
): Measures {
  const confusion = labels.map((expected) =>
    labels.map((predicted) => pairs.filter((one) => one.expected === expected && one.predicted === predicted).length),
  );
  const f1 = Object.fromEntries(
    labels.flatMap((label) => {
      const hits = pairs.filter(({ expected, predicted }) => expected === label && predicted === label).length;
      const predicted = pairs.filter((one) => one.predicted === label).length;
      const expected = pairs.filter((one) => one.expected === label).length;
      return expected === 0 ? [] : [[label, (2 * hits) / (predicted + expected)] as const];
    }),
  );
  const values = Object.values(f1);
  return {
    count: pairs.length,
    accuracy: pairs.filter(({ expected, predicted }) => expected === predicted).length / pairs.length,
    macroF1: values.reduce((sum, value) => sum + value, 0) / values.length,
    f1,
    confusion,
  };
}
