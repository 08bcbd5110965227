// Chance that is the same on every machine: the engine is laid down by the C++ standard, and so is what is made of its
// bits here; the distributions of <random> are not. Thread: the owner's. Owner: whoever simulates.
// Flow: seed, home, purpose → whole numbers. Source: ISO C++, [rand.eng.mers], [rand.util.seedseq].
#pragma once

#include <cstdint>
#include <random>

namespace cohort::sim {

class Random
{
public:
    // What each stream of numbers is for, so that one more draw in one changes no other.
    enum class Purpose : std::uint32_t { Life, Climate, Uplink, Gaps };

    Random(std::uint64_t seed, std::uint32_t home, Purpose purpose)
    {
        std::seed_seq words{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U), home,
                            static_cast<std::uint32_t>(purpose)};
        m_bits.seed(words);
    }

    // least … most, both among them, most >= least. At most one draw in an expression: their order is not laid down.
    int between(int least, int most)
    {
        return least + static_cast<int>(m_bits() % static_cast<std::uint64_t>(most - least + 1));
    }
    // True in so many of a hundred.
    bool chance(int percent) { return between(1, 100) <= percent; }

private:
    std::mt19937_64 m_bits;
};

} // namespace cohort::sim
