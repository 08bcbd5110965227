// What a message from a device says, as plain values; nothing is checked against the database yet.
// Thread: values. Owner: the upload. Flow: Decoder → here → UploadChecker. Source: device-protocol.md, "Upload".
#pragma once

#include "shared/base/error.h"
#include "shared/base/time.h"
#include "shared/base/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cohort::ingest {

// Where in the upload something stands: message of a list, entry of `part`, param of a measure.
struct UploadPlace
{
    const char* part = "measure"; // measure, addDevice, response, alert
    int message = 0;
    int entry = 0;
    int param = -1; // -1: all of the entry
};

// Something that was not taken; the rest of the upload is.
struct Rejection
{
    UploadPlace place;
    ErrorCode code = ErrorCode::WrongMeasurement;
    std::string message; // for people; names the value and what to do instead
};

struct DecodedMeasurement
{
    std::string device; // outward id; empty: the one that holds the connection
    std::string name;
    std::string index;
    std::string unit;
    std::optional<Timestamp> time; // nothing: the device has no clock
    Value value;
    bool durational = false;
    bool isBoolean = false; // `value` is 1 or 0 for true or false
    std::string written;    // of a number or boolean: as the message has it
    UploadPlace place;
};

struct DecodedDevice
{
    std::string key;
    int type = 0;
    UploadPlace place;
};

struct DecodedResponse
{
    std::int64_t command = 0;
    int result = 0;
    UploadPlace place;
};

struct DecodedAlert
{
    std::string device;
    std::string type;
    std::string text; // its parameters, in one line
    std::optional<Timestamp> time;
    UploadPlace place;
};

// All of one upload: a message, or a list of them.
struct Decoded
{
    bool isList = false;
    std::string sequence;              // raw JSON of the (last) sequenceNumber; empty: none
    std::vector<std::string> proxyIds; // those named, at most one a message
    std::vector<DecodedMeasurement> measurements;
    std::vector<DecodedDevice> devices;
    std::vector<DecodedResponse> responses;
    std::vector<DecodedAlert> alerts;
    std::vector<Rejection> rejected;
    bool hasEntries = false;             // measures, devices, responses or alerts, good or not
    std::vector<std::string> ignored;    // members that nobody knows: "power", "measures.time"; those of messages first
    std::vector<std::string> emptyLists; // "measures", …: what is there and says nothing
};

} // namespace cohort::ingest
