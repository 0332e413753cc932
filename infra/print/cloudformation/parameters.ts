import { equals, not, ref } from './intrinsics.ts';

export const PARAMETERS = {
  Environment: {
    Description: 'Part of every name, and the stage of the API.',
    Type: 'String',
    Default: 'dev',
    AllowedValues: ['dev', 'staging', 'prod'],
  },
  Auth: {
    Description: 'Who may call: with `required`, who is signed in; with `open`, everyone is an admin (dev only).',
    Type: 'String',
    Default: 'required',
    AllowedValues: ['required', 'open'],
  },
  RateLimit: {
    Description:
      'Requests a minute for each caller, such as reads=600 writes=300, or off; nothing: the limits of the code.',
    Type: 'String',
    Default: '',
  },
  TextAnalyzer: {
    Description:
      'Who reads texts: Amazon Comprehend, which is paid by the text, or models in the functions themselves.',
    Type: 'String',
    Default: 'comprehend',
    AllowedValues: ['comprehend', 'embedded'],
  },
  ComprehendClassifier: {
    Description: 'ARN of the endpoint of a classifier of yours that says the category; nothing: there is none.',
    Type: 'String',
    Default: '',
  },
  Layout: {
    Description: 'One function for all HTTP routes, or one for each service.',
    Type: 'String',
    Default: 'one-function',
    AllowedValues: ['one-function', 'per-service'],
  },
  LogRetentionDays: {
    Description: 'How long logs are kept.',
    Type: 'Number',
    Default: 14,
    AllowedValues: [1, 7, 14, 30, 90, 180, 365],
  },
  Runtime: {
    Description: 'What the functions run on.',
    Type: 'String',
    Default: 'nodejs22.x',
    AllowedValues: ['nodejs22.x', 'nodejs24.x'],
  },
  Architecture: {
    Description: 'Of the processors: arm64 costs a fifth less, x86_64 suits SAM on a machine that has such.',
    Type: 'String',
    Default: 'arm64',
    AllowedValues: ['arm64', 'x86_64'],
  },
};

export const RULES = {
  OpenModeIsForDevelopment: {
    RuleCondition: equals(ref('Auth'), 'open'),
    Assertions: [
      {
        Assert: equals(ref('Environment'), 'dev'),
        AssertDescription: 'In open mode everyone is an admin: only the environment dev may have it.',
      },
    ],
  },
};

export const CONDITIONS = {
  OneFunction: equals(ref('Layout'), 'one-function'),
  PerService: equals(ref('Layout'), 'per-service'),
  ReadsByComprehend: equals(ref('TextAnalyzer'), 'comprehend'),
  HasClassifier: not(equals(ref('ComprehendClassifier'), '')),
  IsProduction: equals(ref('Environment'), 'prod'),
};
