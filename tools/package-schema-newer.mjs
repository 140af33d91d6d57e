/**
 * What the platform's schema gained after the one that jsforce ships, written as that one is ("?" is optional, [] is a list).
 * Source: Metadata API developer guide 67.0, the page named after each type (meta_<type in lower case>.htm).
 */
export const newer = {
  CspTrustedSite: {
    canAccessCamera: '?boolean',
    canAccessMicrophone: '?boolean',
    isApplicableToConnectSrc: '?boolean',
    isApplicableToFontSrc: '?boolean',
    isApplicableToFrameSrc: '?boolean',
    isApplicableToImgSrc: '?boolean',
    isApplicableToMediaSrc: '?boolean',
    isApplicableToStyleSrc: '?boolean',
  },
  ExternalClientApplication: {
    contactEmail: 'string',
    contactPhone: '?string',
    description: '?string',
    distributionState: 'string',
    iconUrl: '?string',
    infoUrl: '?string',
    isProtected: 'boolean',
    label: 'string',
    logoUrl: '?string',
    orgScopedExternalApp: '?string',
  },
  ExtlClntAppOauthConfigurablePolicies: {
    clientCredentialsFlowUser: '?string',
    commaSeparatedPermissionSet: '?string',
    commaSeparatedProfile: '?string',
    externalClientApplication: 'string',
    ipRelaxationPolicyType: '?string',
    isClientCredentialsFlowEnabled: '?boolean',
    isGuestCodeCredFlowEnabled: '?boolean',
    isTokenExchangeFlowEnabled: '?boolean',
    label: 'string',
    permittedUsersPolicyType: 'string',
    refreshTokenPolicyType: '?string',
    refreshTokenValidityPeriod: '?number',
    refreshTokenValidityUnit: '?string',
    requiredSessionLevel: '?string',
    sessionTimeoutInMinutes: '?number',
  },
  ExtlClntAppOauthSettings: {
    commaSeparatedOauthScopes: '?string',
    externalClientApplication: 'string',
    label: 'string',
    oauthLink: '?string',
  },
  PermissionSet: { customSettingAccesses: ['PermissionSetCustomSettingAccesses'] },
  PermissionSetCustomSettingAccesses: { enabled: 'boolean', name: 'string' },
};
