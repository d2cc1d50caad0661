using InfoMetis.Release.Bundle;
using InfoMetis.Release.Disk;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// Makes a bundle of a release that was judged: pull, lay out, write, read back, sign, finish. The hashes that are signed come from
/// the same reading that a stranger's verification does, of what lies on the disk.
/// </summary>
public sealed class ReleaseBundle(
    ReleaseBuilder builder,
    JudgedRelease release,
    ContentStore store,
    ReleasePull pull,
    BundleRequest request
)
{
    private IReadOnlyList<BundledFile> _localFiles = [];

    /// <summary>How many it has.</summary>
    public int Images => release.Manifest.Images.Count();

    /// <summary>What has to be fetched before anything can be written; what lies here already is looked at now.</summary>
    public async Task<PullPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        _localFiles = LocalFiles.Of(release.Manifest, findings, cancellationToken);
        var plan = await pull.PlanAsync(release.Manifest, cancellationToken);
        findings.AddRange(plan.Findings);
        if (findings.Count > 0)
            throw new ReleaseException(findings);
        return Objection(plan) is { } objection ? throw new ReleaseException(objection) : plan;
    }

    /// <summary>What it will take here and elsewhere, as far as that is known before the content is.</summary>
    public BundleForecast Forecast(PullPlan plan) =>
        new(
            plan.ImagesSize,
            BundlePlan.MostSize(SizeOf(plan)),
            DiskSpace.FreeAt(request.Output),
            HashingPace.TimeFor(SizeOf(plan))
        );

    /// <summary>Brings all that is missing.</summary>
    /// <returns>The bytes that came.</returns>
    public async Task<long> PullAsync(PullPlan plan, PullProgress progress, CancellationToken cancellationToken)
    {
        var findings = await pull.RunAsync(plan, progress, cancellationToken);
        return findings.Count == 0 ? progress.Fetched : throw new ReleaseException(findings);
    }

    public async Task<MadeBundle> MakeAsync(PullPlan plan, BundleProgress progress, CancellationToken cancellationToken)
    {
        using var content = LayoutSource.OfFolder(store.Root);
        var layout = await BundlePlan.MakeAsync(
            GatheredContents.Of(release, plan, _localFiles, content, request),
            request.Options,
            cancellationToken
        );
        using var folder = BundleFolder.Begin(request.Output, layout.Name);
        using var writer = new BundleWriter(layout, folder, request.Options);
        var reading = await WriteAsync(layout, writer, progress, cancellationToken);
        progress.Begin(BundleStage.Signing);
        Sign(layout, folder, reading);
        var proof = Prove(folder, reading, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new MadeBundle(folder.Finish(), layout.Inventory, reading.Pieces, proof);
    }

    /// <summary>Writes the archive, and proves each byte of it while the next are written and the disk takes them in.</summary>
    private static async Task<ArchiveReading> WriteAsync(
        BundlePlan layout,
        BundleWriter writer,
        BundleProgress progress,
        CancellationToken cancellationToken
    )
    {
        progress.Begin(BundleStage.Writing, layout.Size, () => writer.Written);
        var reading = writer.ReadBackAsync(cancellationToken);
        try
        {
            await writer.WriteAsync(cancellationToken);
            progress.Begin(BundleStage.Proving);
            await Task.Run(writer.Flush, CancellationToken.None);
        }
        finally
        {
            // It ends with the writing, in whatever way that did.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return await reading;
    }

    /// <summary>Lists what was read back, and signs the list where there is a key.</summary>
    private void Sign(BundlePlan layout, BundleFolder folder, ArchiveReading reading)
    {
        foreach (var (name, bytes) in new Sidecars(reading.Pieces, layout).All)
            folder.Write(name, bytes.Span);
        if (request.Key is { } key)
            SignedFolder.Sign(folder.Path, key);
    }

    /// <summary>What whoever gets the bundle will find, judged by the same code.</summary>
    private VerifyResult Prove(BundleFolder folder, ArchiveReading reading, CancellationToken cancellationToken)
    {
        var policy = new SignaturePolicy
        {
            Trusted = request.Key is { } key ? new TrustedKeys([key.Public]) : TrustedKeys.None,
            AllowUnsigned = request.Key is null,
        };
        var proof = new ReleaseVerify(builder, policy).OfFiles(
            BundleFiles.Find([folder.Path]),
            reading,
            cancellationToken
        );
        return proof.IsSound ? proof : throw new ReleaseException(proof.Findings);
    }

    private long SizeOf(PullPlan plan) => plan.Size + _localFiles.Sum(file => file.Size);

    /// <summary>What stands against it on the disks of this machine, before anything is fetched.</summary>
    private Finding? Objection(PullPlan plan)
    {
        var bundle = BundlePlan.MostSize(SizeOf(plan));
        var free = DiskSpace.FreeAt(request.Output);
        // Two folders with the same room to the byte lie on the same disk.
        var needed = free == plan.Free ? bundle + plan.ToFetch : bundle;
        return free < needed ? Message.NoSpace(request.Output, needed, free) : null;
    }
}

/// <param name="Folder">Where it lies.</param>
/// <param name="Archive">The files of its archive, in order.</param>
/// <param name="Proof">What a verification found, once it was all there.</param>
public sealed record MadeBundle(
    string Folder,
    Inventory Inventory,
    IReadOnlyList<ReadPiece> Archive,
    VerifyResult Proof
)
{
    /// <summary>Of its archive.</summary>
    public long Size => Archive.Sum(file => file.Length);
}
