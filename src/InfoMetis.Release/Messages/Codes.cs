namespace InfoMetis.Release.Messages;

/// <summary>
/// Stable numbers of everything imrel can say. A number is never reused and never changes its meaning.
/// Each has a page docs/messages/IMRnnnn.md, which <c>imrel explain</c> prints.
/// </summary>
public static class Codes
{
    // 0xxx: the command line
    public const string UnknownStackAsked = "IMR0001";
    public const string UnknownCode = "IMR0002";
    public const string BadK0sVersionAsked = "IMR0003";

    // 1xxx: a manifest, or another document we read
    public const string Unreadable = "IMR1001";
    public const string TooLarge = "IMR1002";
    public const string NotUtf8 = "IMR1003";
    public const string NotYaml = "IMR1004";
    public const string AliasRefused = "IMR1005";
    public const string TooDeep = "IMR1006";
    public const string OneDocument = "IMR1007";
    public const string WrongType = "IMR1008";
    public const string UnknownKey = "IMR1009";
    public const string MissingKey = "IMR1010";
    public const string DuplicateKey = "IMR1011";
    public const string WrongApiVersion = "IMR1012";
    public const string NewerApiVersion = "IMR1013";
    public const string BadValue = "IMR1014";
    public const string EmptyList = "IMR1015";
    public const string UnknownPlatform = "IMR1016";
    public const string BadK0sVersion = "IMR1017";
    public const string BadReference = "IMR1018";
    public const string BadDigest = "IMR1019";
    public const string Unpinned = "IMR1020";
    public const string NoTag = "IMR1021";
    public const string DuplicateName = "IMR1022";
    public const string DuplicateImage = "IMR1023";
    public const string TwoDigests = "IMR1024";
    public const string UnknownStack = "IMR1025";
    public const string BadFile = "IMR1026";
    public const string FileNameTaken = "IMR1027";
    public const string FileUnusable = "IMR1028";
    public const string PlatformLacking = "IMR1031";
    public const string PinNotEditable = "IMR1032";
    public const string ManifestChanged = "IMR1033";

    // 2xxx: coupling
    public const string AuxiliaryAbsent = "IMR2001";
    public const string AuxiliarySurplus = "IMR2002";
    public const string AuxiliaryTag = "IMR2003";
    public const string AuxiliaryRepository = "IMR2004";
    public const string LockstepBroken = "IMR2005";
    public const string OutOfRange = "IMR2006";
    public const string NotEqual = "IMR2007";
    public const string Floating = "IMR2008";
    public const string TagMoved = "IMR2009";
    public const string SupportEnded = "IMR2010";
    public const string UnknownK0sRelease = "IMR2011";
    public const string VersionUnknown = "IMR2012";
    public const string RuleBroken = "IMR2013";
    public const string DeployedNotInRelease = "IMR2020";
    public const string NeverDeployed = "IMR2021";
    public const string DeployedByTag = "IMR2022";
    public const string DeployedDigestDiffers = "IMR2023";
    public const string AlwaysPulls = "IMR2024";
    public const string ApiNotServed = "IMR2025";
    public const string DeploymentUnread = "IMR2026";

    // 203x: drift
    public const string PinVanished = "IMR2030";
    public const string TagMovedUpstream = "IMR2031";
    public const string TagVanished = "IMR2032";
    public const string PlatformLost = "IMR2033";
    public const string PlatformGained = "IMR2034";

    // 204x: the host against the release; these only install.sh says
    public const string K0sSkew = "IMR2040";
    public const string K0sImagesPinned = "IMR2041";
    public const string OlderRelease = "IMR2042";

    // 30xx: a registry, or what leads to it, said no for good
    public const string RegistryNotFound = "IMR3001";
    public const string RegistryUnauthorized = "IMR3002";
    public const string RegistryForbidden = "IMR3003";
    public const string RegistryRefused = "IMR3004";
    public const string TokenRefused = "IMR3005";
    public const string RealmRefused = "IMR3006";
    public const string RedirectRefused = "IMR3007";
    public const string SchemaOne = "IMR3008";
    public const string NotAManifest = "IMR3009";
    public const string CredentialHelperFailed = "IMR3010";
    public const string BadCredentialFile = "IMR3011";
    public const string BadCertificate = "IMR3012";
    public const string BadProxy = "IMR3013";
    public const string OfflineMissing = "IMR3014";
    public const string FileRefused = "IMR3015";
    public const string FileWithoutLength = "IMR3016";
    public const string PushForbidden = "IMR3017";
    public const string PushRefused = "IMR3018";
    public const string RegistryReadOnly = "IMR3019";
    public const string SparseIndexRefused = "IMR3020";
    public const string IndexByDigestOnly = "IMR3021";
    public const string IndexLeftOut = "IMR3022";
    public const string TargetsCollide = "IMR3023";
    public const string TagReplaced = "IMR3024";
    public const string NotARelease = "IMR3025";

    // 31xx: a registry could not be asked
    public const string TooManyRequests = "IMR3101";
    public const string RegistryUnavailable = "IMR3102";
    public const string RegistryUnreachable = "IMR3103";
    public const string ConnectionLost = "IMR3104";
    public const string IdleTooLong = "IMR3105";
    public const string ShortBody = "IMR3106";
    public const string Untrusted = "IMR3107";
    public const string BadAnswer = "IMR3108";
    public const string StorageFailed = "IMR3109";
    public const string MirrorPassedOver = "IMR3110";

    // 32xx: a registry served something else than it should
    public const string LyingDigest = "IMR3201";
    public const string ManifestTooLarge = "IMR3202";
    public const string WrongSize = "IMR3203";
    public const string MirrorRefused = "IMR3204";
    public const string PushedDiffers = "IMR3205";

    // 4xxx: content
    public const string ContentShort = "IMR4001";
    public const string ContentTooLong = "IMR4002";
    public const string ContentWrongDigest = "IMR4003";
    public const string ContentMissing = "IMR4004";
    public const string DocumentMalformed = "IMR4005";
    public const string DocumentTooLarge = "IMR4006";
    public const string GraphTooLarge = "IMR4007";
    public const string NotALayout = "IMR4008";
    public const string ArchiveRefused = "IMR4009";
    public const string NameUnknown = "IMR4010";
    public const string NameAmbiguous = "IMR4011";
    public const string ContentUnreadable = "IMR4012";
    public const string StoredBlobDamaged = "IMR4013";
    public const string FileWrongDigest = "IMR4014";
    public const string NameLacking = "IMR4015";

    // 403x: content that is served
    public const string ServedNameTwice = "IMR4031";
    public const string NothingToServe = "IMR4032";
    public const string ServedWithoutName = "IMR4033";
    public const string ServedIncomplete = "IMR4034";

    // 51xx: a bundle
    public const string SumsMalformed = "IMR5101";
    public const string NotABundle = "IMR5102";
    public const string BundleFileMissing = "IMR5103";
    public const string BundleFileDamaged = "IMR5104";
    public const string BundleFileSurplus = "IMR5105";
    public const string BundleFileUnreadable = "IMR5106";
    public const string ArchiveBroken = "IMR5107";
    public const string MemberRefused = "IMR5108";
    public const string MemberMissing = "IMR5109";
    public const string MemberDamaged = "IMR5110";
    public const string FramesWrong = "IMR5111";
    public const string ImageIncomplete = "IMR5112";
    public const string BlobSurplus = "IMR5113";
    public const string InventoryDiffers = "IMR5114";
    public const string PartSize = "IMR5115";
    public const string NotReproduced = "IMR5116";
    public const string PartNeeded = "IMR5130";
    public const string BundleUnusable = "IMR5131";
    public const string MemberElsewhere = "IMR5132";
    public const string MemberUnknown = "IMR5133";

    public const string ReceiptMalformed = "IMR5140";
    public const string ReceiptOfAnother = "IMR5141";

    // 52xx: signatures, and the keys that make and check them
    public const string SignatureMissing = "IMR5201";
    public const string SignatureWrong = "IMR5202";
    public const string NoTrustedKey = "IMR5203";
    public const string KeyRefused = "IMR5204";
    public const string KeyUnreadable = "IMR5205";
    public const string NoPassphrase = "IMR5206";
    public const string PassphraseWrong = "IMR5207";
    public const string TooFewSignatures = "IMR5208";
    public const string SignatureFileMalformed = "IMR5209";
    public const string SigstoreDisagrees = "IMR5210";
    public const string UnsignedAllowed = "IMR5211";
    public const string SignerNotTrusted = "IMR5212";
    public const string SumsUnfit = "IMR5213";
    public const string SignedAlready = "IMR5214";

    // 60xx: this machine
    public const string NoSpace = "IMR6001";
    public const string PermissionDenied = "IMR6002";
    public const string StoreBusy = "IMR6003";
    public const string DiskFault = "IMR6004";
    public const string ReportUnwritable = "IMR6005";
    public const string FileExists = "IMR6006";
    public const string LibraryMissing = "IMR6007";
    public const string BundleExists = "IMR6008";
    public const string BundleBusy = "IMR6009";
    public const string ToolMissing = "IMR6010";
    public const string NotRoot = "IMR6011";
    public const string InstallBusy = "IMR6012";
    public const string WrongPlatform = "IMR6013";
    public const string TargetNotFound = "IMR6014";
    public const string TargetSilent = "IMR6015";

    // 62xx: the target of an installation; all but the last only install.sh says
    public const string NameAbsent = "IMR6201";
    public const string NameDiffers = "IMR6202";
    public const string ContentLacking = "IMR6203";
    public const string ImportFailed = "IMR6204";
    public const string PlacedFileChanged = "IMR6205";
    public const string NotInstalled = "IMR6206";
    public const string NotPinned = "IMR6207";
    public const string DigestNotKept = "IMR6208";
    public const string StillUsed = "IMR6209";
    public const string ReceiptIncomplete = "IMR6220";

    // 603x: this machine as a server
    public const string CannotListen = "IMR6031";
    public const string TlsUnusable = "IMR6032";
    public const string ListensInTheOpen = "IMR6033";
    public const string WebFrameworkMissing = "IMR6034";

    // 9xxx: us
    public const string OwnBug = "IMR9001";
}
