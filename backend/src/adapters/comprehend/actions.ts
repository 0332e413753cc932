/** What a function has to be allowed for texts to be read by Comprehend; these actions know no resources. */
export const COMPREHEND_ACTIONS = [
  'comprehend:DetectDominantLanguage',
  'comprehend:DetectSentiment',
  'comprehend:DetectKeyPhrases',
  'comprehend:BatchDetectSentiment',
  'comprehend:BatchDetectKeyPhrases',
] as const;

/** What it has to be allowed as well where there is a classifier; its resource is the endpoint. */
export const CLASSIFIER_ACTIONS = ['comprehend:ClassifyDocument'] as const;
