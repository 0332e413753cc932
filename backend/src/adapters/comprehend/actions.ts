/** The IAM actions that a function needs to analyse texts with Comprehend. They have no resource-level permissions. */
export const COMPREHEND_ACTIONS = [
  'comprehend:DetectDominantLanguage',
  'comprehend:DetectSentiment',
  'comprehend:DetectKeyPhrases',
  'comprehend:BatchDetectSentiment',
  'comprehend:BatchDetectKeyPhrases',
] as const;

/** The IAM action that the function also needs for a custom classifier. Its resource is the endpoint. */
export const CLASSIFIER_ACTIONS = ['comprehend:ClassifyDocument'] as const;
