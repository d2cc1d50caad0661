using InfoMetis.Release.Bundle;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Store;

namespace InfoMetis.Release;

/// <summary>
/// Makes a bundle of a release: judge, pull, lay out, write, read back, sign, prove, finish. What stands at the end was read by
/// the same code that a stranger's verification runs.
/// </summary>
public sealed class ReleaseBundle(JudgedRelease release, ContentStore store, ReleasePull pull, BundleRequest request)
{
    /// <summary>What has to be fetched before anything can be written.</summary>
    public Task<PullPlan> PlanAsync(CancellationToken cancellationToken) =>
        pull.PlanAsync(release.Manifest, cancellationToken);

    /// <summary>What stands against it on the disks of this machine, or null.</summary>
    public Finding? Objection(PullPlan plan)
    {
        var bundle = BundlePlan.MostSize(plan.Size);
        var free = DiskSpace.FreeAt(request.Output);
        // Two folders with the same room to the byte lie on the same disk.
        var needed = free == plan.Free ? bundle + plan.ToFetch : bundle;
        return free < needed ? Message.NoSpace(request.Output, needed, free) : null;
    }
}
