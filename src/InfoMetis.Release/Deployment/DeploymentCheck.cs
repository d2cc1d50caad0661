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
        foreach (var finding in found.DistinctBy(Identity))
            findings.Add(finding);
    }

    /// <summary>What is unread is unread line by line: a template is often wrong in more than one way at one place.</summary>
    private static (string Code, Place? Place) Identity(Finding finding) =>
        (
            finding.Code,
            finding.Code is Codes.DeploymentUnread && finding.Place is { } place
                ? place with
                {
                    Column = 1,
                }
                : finding.Place
        );
}
