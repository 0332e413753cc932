import { equals, not, ref } from './intrinsics.ts';

export const PARAMETERS = {
  Environment: {
    Description: 'Name of the environment: the end of every resource name, and the stage of the API.',
    Type: 'String',
    Default: 'dev',
    AllowedValues: ['dev', 'staging', 'prod'],
  },
  Auth: {
    Description: 'With `required` callers must sign in. With `open` every caller is an admin (dev only).',
    Type: 'String',
    Default: 'required',
    AllowedValues: ['required', 'open'],
  },
  RateLimit: {
    Description:
      'Requests per minute for each caller, such as reads=600 writes=300, or off. Empty: the default limits.',
    Type: 'String',
    Default: '',
  },
  TextAnalyzer: {
    Description: 'Analyser of texts: Amazon Comprehend, which is paid per text, or models in the functions.',
    Type: 'String',
    Default: 'comprehend',
    AllowedValues: ['comprehend', 'embedded'],
  },
  ComprehendClassifier: {
    Description: 'ARN of the endpoint of your own Comprehend classifier for categories. Empty: no classifier.',
    Type: 'String',
    Default: '',
  },
  Layout: {
    Description: 'One function for all HTTP routes, or one function per service.',
    Type: 'String',
    Default: 'one-function',
    AllowedValues: ['one-function', 'per-service'],
  },
  LogRetentionDays: {
    Description: 'Retention of logs in days.',
    Type: 'Number',
    Default: 14,
    AllowedValues: [1, 7, 14, 30, 90, 180, 365],
  },
  Runtime: {
    Description: 'Lambda runtime of the functions.',
    Type: 'String',
    Default: 'nodejs22.x',
    AllowedValues: ['nodejs22.x', 'nodejs24.x'],
  },
  Architecture: {
    Description: 'Processor architecture. arm64 costs a fifth less; choose x86_64 to run SAM on an x86_64 machine.',
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
        AssertDescription: 'In open mode every caller is an admin, so it is allowed only in the environment dev.',
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
