// Cuts what a worker sends into frames, without trusting their lengths.
// Thread: value. Owner: WorkerProcess, selfTest. Flow: socket → read() → next() → unpackFromWorker.
// Source: server/engine/wire.h.
#pragma once

#include "server/engine/wire.h"

#include <optional>
#include <string>

namespace cohort::worker {

class WorkerFrameReader
{
public:
    enum class Got { Bytes, Nothing, End };

    // Reads what is there, at most `most` bytes, without waiting on a non-blocking descriptor.
    Got read(int descriptor, std::size_t most);
    // The next message; nothing when it is not whole yet. Errors: CannotParse, TooLarge; then no more may be read.
    Result<std::optional<engine::wire::FromWorker>> next(std::uint64_t nonce);
    // Takes a line of text off what has come: the reports of a probe.
    std::optional<std::string> line();

private:
    std::string m_bytes;
    std::size_t m_consumed = 0;
};

} // namespace cohort::worker
