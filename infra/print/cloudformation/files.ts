import { getAtt, ref, sub } from './intrinsics.ts';
import { FILES_ID } from './names.ts';
import type { Section } from './section.ts';

/** The bucket with the triage lessons of organizations. */
export function files(): Section {
  const bucket = getAtt(FILES_ID, 'Arn');
  return {
    comment:
      'The triage lessons of organizations, one object per organization: private, encrypted, with old versions for a week.',
    resources: {
      [FILES_ID]: {
        Type: 'AWS::S3::Bucket',
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketName: FILES_NAME,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
          VersioningConfiguration: { Status: 'Enabled' },
          LifecycleConfiguration: {
            Rules: [
              {
                Id: 'old-versions',
                Status: 'Enabled',
                NoncurrentVersionExpiration: { NoncurrentDays: 7 },
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
              },
            ],
          },
        },
      },
      [`${FILES_ID}Policy`]: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: ref(FILES_ID),
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'OnlyTls',
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:*',
                Resource: [bucket, sub(`\${${FILES_ID}.Arn}/*`)],
                Condition: { Bool: { 'aws:SecureTransport': false } },
              },
            ],
          },
        },
      },
    },
  };
}

/** Functions refer to the bucket by name, as to tables. The account and the region make the name unique worldwide. */
export const FILES_NAME = sub(`support-files-\${Environment}-\${AWS::AccountId}-\${AWS::Region}`);
