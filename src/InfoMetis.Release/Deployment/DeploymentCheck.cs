using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using NuGet.Versioning;

namespace InfoMetis.Release.Deployment;

/// <summary>Compares what Kubernetes YAML deploys with a release; docs/deployed.md describes what is read and what is not.</summary>
public static class DeploymentCheck
{
    private const int MostFiles = 10_000;

    /// <param name="kubernetesVersion">Three numbers, as in 1.23.17.</param>
    /// <param name="paths">Files, and folders to search for YAML and JSON files.</param>
    public static void Check(
        ReleaseManifest manifest,
        string kubernetesVersion,
        IReadOnlyList<string> paths,
        ServedApis apis,
        ICollection<Finding> findings
    )
    {
        var found = new List<Finding>();
        var images = new ImageCheck(manifest, found);
        var versions = new ApiCheck(apis, NuGetVersion.Parse(kubernetesVersion), found);
        foreach (var file in DeployedFiles.Find(paths, MostFiles, found))
        {
            foreach (var document in DeployedDocuments.Read(file, found))
            {
                versions.Check(document);
                foreach (var image in DeployedImage.AllOf(document))
                    images.Check(image);
            }
        }
        images.ReportNeverDeployed();
        // Folders that overlap are passed by twice.
        foreach (var finding in found.Distinct())
            findings.Add(finding);
    }
}
