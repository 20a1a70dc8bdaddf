// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace keyglass {

/// What one node was seen to take while keys were looked at: the ground of an estimate.
struct NodeMeasure {
    using Time = std::chrono::nanoseconds;

    std::uint64_t keys = 0;     ///< That were looked at.
    std::uint64_t commands = 0; ///< That were sent for it.
    Time waited{0};             ///< For all their answers.
    Time own{0};                ///< Spent beside that, on a file that was read.
    Time roundTrip{0};          ///< Of the quickest PING.
    std::uint64_t sampled = 0;  ///< Keys whose values were read.
    ByteCount sampledBytes;     ///< Of their DUMPs.
    Time sampleTime{0};         ///< For their answers, without the round trips.
    /// What a call takes the server on average, in microseconds, by command in lower case (INFO commandstats): of DUMP
    /// as the sample took, of the others since the server began. Empty where it does not tell.
    std::map<std::string, double> serverTimes;
};

} // namespace keyglass
