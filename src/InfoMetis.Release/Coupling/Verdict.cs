using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>What a rule said of an image; without a finding, that all is well.</summary>
/// <param name="Image">Null where the finding is that there is no such image.</param>
public sealed record Verdict(CouplingRule Rule, ReleaseImage? Image, Finding? Finding);
