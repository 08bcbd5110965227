// The one catalogue of errors: name on the wire, number, HTTP status, whether sending again helps, meaning.
// Thread: constants. Owner: nobody. Flow: here → Error → JSON-RPC `data.code`, HTTP status, documentation.
#pragma once

// X(enumerator, wire name, number, http status, retry, meaning)
#define COHORT_ERRORS(X)                                                                                               \
    X(Internal, "internal", 1, 500, Retry::Same, "something went wrong inside the server; it was logged")              \
    X(NotSignedIn, "not-signed-in", 2, 401, Retry::No, "sign in first")                                                \
    X(WrongLocation, "wrong-location", 3, 404, Retry::No, "no such location for you")                                  \
    X(NoSuchDevice, "no-such-device", 4, 404, Retry::No, "no such device for you")                                     \
    X(NoSuchGateway, "no-such-gateway", 5, 404, Retry::No, "no such gateway for you")                                  \
    X(NotFound, "not-found", 6, 404, Retry::No, "no such object for you")                                              \
    X(AccessDenied, "access-denied", 7, 403, Retry::No, "your role does not allow this")                               \
    X(WrongValue, "wrong-value", 8, 400, Retry::No, "a value is not acceptable; the detail says which")                \
    X(MissingValue, "missing-value", 9, 400, Retry::No, "a value is missing; the detail says which")                   \
    X(WrongCredentials, "wrong-credentials", 12, 401, Retry::No, "wrong user name or password")                        \
    X(CannotParse, "cannot-parse", 14, 400, Retry::No, "the request cannot be understood")                             \
    X(AccountLocked, "account-locked", 16, 403, Retry::No, "the account is locked")                                    \
    X(DeviceOffline, "device-offline", 21, 200, Retry::No, "the device is offline; the command waits")                 \
    X(OtherLocation, "other-location", 22, 409, Retry::No, "the device belongs to another location")                   \
    X(Busy, "busy", 27, 503, Retry::Later, "the server is busy; try again later")                                      \
    X(TooOften, "too-often", 44, 429, Retry::Later, "too many requests; try again later")                              \
    X(AlreadyExists, "already-exists", 101, 409, Retry::No, "there is one with this name already")                     \
    X(Conflict, "conflict", 102, 409, Retry::No, "somebody changed it meanwhile; load it again")                       \
    X(TooLarge, "too-large", 103, 413, Retry::No, "larger than the limit; the detail says which limit")                \
    X(Timeout, "timeout", 104, 504, Retry::Same, "no answer in time")                                                  \
    X(Cancelled, "cancelled", 105, 409, Retry::No, "cancelled")                                                        \
    X(Unavailable, "unavailable", 106, 503, Retry::Later, "not available now")                                         \
    X(DatabaseLost, "database-lost", 107, 503, Retry::Later, "the connection to the database was lost")                \
    X(DatabaseError, "database-error", 108, 500, Retry::No, "the database refused a statement")                        \
    X(SandboxUnsafe, "sandbox-unsafe", 109, 503, Retry::No, "the sandbox self-test failed; no script runs")            \
    X(ScriptRefused, "script-refused", 110, 422, Retry::No, "the script was refused by the check")                     \
    X(UnknownMethod, "unknown-method", 111, 404, Retry::No, "no such operation")                                       \
    X(UnknownEncoding, "unknown-encoding", 112, 415, Retry::No, "this Content-Encoding is not understood; use gzip")   \
    X(TooManyCommands, "too-many-commands", 113, 429, Retry::Later, "the gateway has its 100 open commands already")   \
    X(OtherPerson, "other-person", 114, 409, Retry::No, "somebody else is signed in here now; nothing was done")       \
    X(Resting, "participation-rests", 115, 409, Retry::No, "the participation rests; nothing was done")                \
    X(TimeInFuture, "time-in-future", 201, 200, Retry::No, "over 5 minutes ahead of the server's clock")               \
    X(BeforeStart, "before-start", 202, 200, Retry::No, "from before the device's start date")                         \
    X(TooManyStreams, "too-many-streams", 203, 200, Retry::No, "the device has its 256 streams already")               \
    X(TooManyDevices, "too-many-devices", 204, 200, Retry::No, "the gateway has its 1,000 devices already")            \
    X(UnknownDevice, "unknown-device", 205, 200, Retry::No, "no such device behind this gateway")                      \
    X(WrongMeasurement, "wrong-measurement", 206, 200, Retry::No, "this measurement cannot be understood")             \
    X(NotANumber, "not-a-number", 207, 200, Retry::No, "a number is wanted; the detail says what came")                \
    X(NotOnOrOff, "not-on-or-off", 208, 200, Retry::No, "on or off is wanted: 0, 1 or one of the words for them")      \
    X(UnknownUnit, "unknown-unit", 209, 200, Retry::No, "the unit is not one of this parameter's quantity")            \
    X(TimestampInSeconds, "timestamp-in-seconds", 210, 200, Retry::No, "send milliseconds since 1970, not seconds")
