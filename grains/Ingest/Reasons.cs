namespace ClusterPulse.Ingest;

/// <summary>Names of the reasons for which a row is rejected or carries a warning: the same words in the API, the command,
/// rejects files and the documentation.</summary>
public static class Reasons
{
    public const string MissingField = "MISSING_FIELD";
    public const string MalformedName = "MALFORMED_NAME";
    public const string MalformedBureau = "MALFORMED_BUREAU";
    public const string MalformedSubmission = "MALFORMED_SUBMISSION";
    public const string MalformedReceipt = "MALFORMED_RECEIPT";
    public const string MalformedChecksum = "MALFORMED_CHECKSUM";
    public const string MalformedRequestId = "MALFORMED_REQUEST_ID";
    public const string MalformedEstate = "MALFORMED_ESTATE";
    public const string MalformedDefinition = "MALFORMED_DEFINITION";
    public const string OverlappingIndustry = "OVERLAPPING_INDUSTRY";
    public const string UnknownCluster = "UNKNOWN_CLUSTER";
    public const string UnknownIndicator = "UNKNOWN_INDICATOR";
    public const string UnknownPolicy = "UNKNOWN_POLICY";
    public const string MalformedRivalSet = "MALFORMED_RIVAL_SET";
    public const string TooFewRivals = "TOO_FEW_RIVALS";
    public const string TooMany = "TOO_MANY";
    public const string RivalWithin = "RIVAL_WITHIN";
    public const string RivalElsewhere = "RIVAL_ELSEWHERE";
    public const string RivalTaken = "RIVAL_TAKEN";
    public const string UnknownField = "UNKNOWN_FIELD";
    public const string MalformedToken = "MALFORMED_TOKEN";
    public const string AmbiguousLabels = "AMBIGUOUS_LABELS";
    public const string NotExplained = "NOT_EXPLAINED";
    public const string UnknownDivision = "UNKNOWN_DIVISION";
    public const string OutOfBounds = "OUT_OF_BOUNDS";
    public const string MalformedCreditCode = "MALFORMED_CREDIT_CODE";
    public const string BadCheckCharacter = "BAD_CHECK_CHARACTER";
    public const string MalformedPartitaIva = "MALFORMED_PARTITA_IVA";
    public const string BadPartitaIvaDigit = "BAD_PARTITA_IVA_DIGIT";
    public const string NotOfCountry = "NOT_OF_COUNTRY";
    public const string UnknownFeed = "UNKNOWN_FEED";
    public const string FeedNotAccepted = "FEED_NOT_ACCEPTED";
    public const string MalformedPeriod = "MALFORMED_PERIOD";
    public const string FuturePeriod = "FUTURE_PERIOD";
    public const string PeriodTooEarly = "PERIOD_TOO_EARLY";
    public const string BasisNotSupported = "BASIS_NOT_SUPPORTED";
    public const string BadRevision = "BAD_REVISION";
    public const string BodyMismatch = "BODY_MISMATCH";
    public const string NegativeValue = "NEGATIVE_VALUE";
    public const string UnknownCurrency = "UNKNOWN_CURRENCY";
    public const string UnknownEconomy = "UNKNOWN_ECONOMY";
    public const string UnknownRegion = "UNKNOWN_REGION";
    public const string DividedRegion = "DIVIDED_REGION";
    public const string UnknownEstate = "UNKNOWN_ESTATE";
    public const string UnknownIndustry = "UNKNOWN_INDUSTRY";
    public const string UnknownOwnership = "UNKNOWN_OWNERSHIP";
    public const string UnknownSize = "UNKNOWN_SIZE";
    public const string UnknownSuccessor = "UNKNOWN_SUCCESSOR";
    public const string UnknownState = "UNKNOWN_STATE";
    public const string MalformedRule = "MALFORMED_RULE";
    public const string MalformedDay = "MALFORMED_DAY";
    public const string EstateClosed = "ESTATE_CLOSED";
    public const string MixedRows = "MIXED_ROWS";
    public const string UnknownWord = "UNKNOWN_WORD";
    public const string TooLong = "TOO_LONG";
    public const string BadCharacter = "BAD_CHARACTER";
    public const string RepeatedLine = "REPEATED_LINE";
    public const string UnregisteredEnterprise = "UNREGISTERED_ENTERPRISE";
    public const string NotRegisteredInPeriod = "NOT_REGISTERED_IN_PERIOD";
    public const string ConflictingRevision = "CONFLICTING_REVISION";
    public const string NotYourDivision = "NOT_YOUR_DIVISION";
    public const string NotYourFeed = "NOT_YOUR_FEED";

    // Of files: the command finds them before anything is sent.
    public const string UnknownFormat = "UNKNOWN_FORMAT";
    public const string DamagedFile = "DAMAGED_FILE";
    public const string ExpandsTooFar = "EXPANDS_TOO_FAR";
    public const string UnreadableText = "UNREADABLE_TEXT";
    public const string MalformedRow = "MALFORMED_ROW";
    public const string MalformedNumber = "MALFORMED_NUMBER";
    public const string TooPrecise = "TOO_PRECISE";
    public const string UnknownUnit = "UNKNOWN_UNIT";
    public const string InconsistentRows = "INCONSISTENT_ROWS";
    public const string UnknownStructure = "UNKNOWN_STRUCTURE";

    // Warnings: the row is accepted.
    public const string MergedRegion = "MERGED_REGION";
    public const string BadOrganisationDigit = "BAD_ORGANISATION_DIGIT";
    public const string SupersededRevision = "SUPERSEDED_REVISION";
    public const string WithdrawnRevision = "WITHDRAWN_REVISION";
    public const string UnusualChange = "UNUSUAL_CHANGE";
    public const string OutlierAmongPeers = "OUTLIER_AMONG_PEERS";
    public const string UnregisteredSupplier = "UNREGISTERED_SUPPLIER";
    public const string NotObliged = "NOT_OBLIGED";
    public const string AnotherBureauCounts = "ANOTHER_BUREAU_COUNTS";
}
