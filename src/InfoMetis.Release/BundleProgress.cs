namespace InfoMetis.Release;

/// <summary>What is done with a bundle, one after the other.</summary>
public enum BundleStage
{
    LayingOut,
    Writing,
    Proving,
    Signing,
}

/// <summary>How far the making of a bundle is. Written by who makes it, read at any time by whoever shows it.</summary>
public sealed class BundleProgress
{
    private volatile Step _now = new(BundleStage.LayingOut, Total: 0, () => 0);

    private sealed record Step(BundleStage Stage, long Total, Func<long> Done);

    public BundleStage Stage => _now.Stage;

    /// <summary>Bytes in all; zero where they are not counted.</summary>
    public long Total => _now.Total;

    public long Done => Math.Min(_now.Done(), _now.Total);

    internal void Begin(BundleStage stage) => Begin(stage, total: 0, () => 0);

    internal void Begin(BundleStage stage, long total, Func<long> done) => _now = new Step(stage, total, done);
}
