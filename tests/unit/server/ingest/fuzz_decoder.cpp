// libFuzzer target of the upload decoder; its corpus is replayed by tst_decoder_corpus in every normal run.
// clang++ -std=c++20 -fsanitize=fuzzer,address,undefined …; start it with tests/unit/server/ingest/corpus.
#include "tests/unit/server/ingest/fuzz_decoder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    cohort::ingest::decodeAnything({reinterpret_cast<const char*>(data), size});
    return 0;
}
