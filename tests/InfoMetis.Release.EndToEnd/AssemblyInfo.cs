using System.Runtime.Versioning;

// k0s, containerd and the bundles made for them are at home nowhere else.
[assembly: SupportedOSPlatform("linux")]
