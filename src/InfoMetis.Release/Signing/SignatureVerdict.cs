using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Signing;

/// <summary>What a check of signatures came to.</summary>
/// <param name="Findings">Whatever is wrong or should be known; without an error among them, the policy is met.</param>
/// <param name="SignedBy">The fingerprints of the trusted keys that signed, each once.</param>
public sealed record SignatureVerdict(IReadOnlyList<Finding> Findings, IReadOnlyList<Digest> SignedBy);
