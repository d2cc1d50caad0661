using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Coupling;

/// <summary>One line of knowledge about which images fit together. The kinds are few; the rules are data.</summary>
public abstract record CouplingRule(Claim Claim)
{
    /// <summary>The word that rule files use for it.</summary>
    public abstract string Kind { get; }

    /// <summary>Speaks of images it names, rather than of every image there is.</summary>
    public virtual bool IsSpecific => true;

    /// <summary>Says of every image that the rule speaks of whether it holds.</summary>
    internal abstract void Judge(Judgement judgement);
}
