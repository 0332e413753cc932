export interface Measures {
  readonly count: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly f1: Readonly<Record<string, number>>;
  /** The rows are the right labels, the columns the results. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Accuracy, the F1 of each label, their mean, and the confusion matrix. Labels that never occur are left out of the
 * mean.
 */
export function measuresOf(labels: readonly string[], pairs: readonly { right: string; said: string }[]): Measures {
  const confusion = labels.map((right) =>
    labels.map((said) => pairs.filter((one) => one.right === right && one.said === said).length),
  );
  const f1 = Object.fromEntries(
    labels.flatMap((label) => {
      const hits = pairs.filter(({ right, said }) => right === label && said === label).length;
      const said = pairs.filter((one) => one.said === label).length;
      const right = pairs.filter((one) => one.right === label).length;
      return right === 0 ? [] : [[label, (2 * hits) / (said + right)] as const];
    }),
  );
  const values = Object.values(f1);
  return {
    count: pairs.length,
    accuracy: pairs.filter(({ right, said }) => right === said).length / pairs.length,
    macroF1: values.reduce((sum, value) => sum + value, 0) / values.length,
    f1,
    confusion,
  };
}
