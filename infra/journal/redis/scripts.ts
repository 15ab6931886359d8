/**
 * What must happen at once in Redis, as Lua. Keys of one journal:
 *   {prefix}e:{stream}  list of "<position>|<event>", one per entry: its length is the version
 *   {prefix}p:{stream}  hash of payloads by seq, apart from the events so that it can be erased
 *   {prefix}streams     sorted set of all stream names, for removal by prefix
 *   {prefix}log         Redis stream of {s, q}: the latest appends in order; its ids are the positions
 *   {prefix}trimmed     position at which the log begins, once it was cut
 * An entry names its position, so that a follower can tell an entry from one that replaced it after a removal.
 */
/**
 * Many appends at once, each by itself: KEYS[1] and KEYS[2] are the streams and the log, then come two for each append.
 * ARGV holds, for each append, name, expected version, number of entries, and two texts for each entry. Answers two
 * numbers for each append: whether it was done, and the version.
 */
export const APPEND = `
local streams, log = KEYS[1], KEYS[2]
local answers = {}
local at = 1
for key = 3, #KEYS, 2 do
  local events, payloads = KEYS[key], KEYS[key + 1]
  local name, expected, entries = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  at = at + 3
  local version = redis.call('LLEN', events)
  if expected ~= 'any' and tonumber(expected) ~= version then
    answers[#answers + 1] = 0
    at = at + 2 * entries
  else
    if version == 0 and entries > 0 then redis.call('ZADD', streams, 0, name) end
    local push, set = {}, {}
    for entry = 1, entries do
      version = version + 1
      local position = redis.call('XADD', log, '*', 's', name, 'q', version)
      push[#push + 1] = position .. '|' .. ARGV[at]
      if ARGV[at + 1] ~= '' then
        set[#set + 1] = version
        set[#set + 1] = ARGV[at + 1]
      end
      at = at + 2
      if #push == 500 or (entry == entries and #push > 0) then
        redis.call('RPUSH', events, unpack(push))
        if #set > 0 then redis.call('HSET', payloads, unpack(set)) end
        push, set = {}, {}
      end
    end
    answers[#answers + 1] = 1
  end
  answers[#answers + 1] = version
end
return answers
`;

/** Removes one stream, its part of the log included. */
export const REMOVE = `
local events, payloads, streams, log = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local length = redis.call('LLEN', events)
for from = 0, length - 1, 500 do
  local positions = {}
  for _, entry in ipairs(redis.call('LRANGE', events, from, from + 499)) do
    positions[#positions + 1] = string.match(entry, '^[^|]+')
  end
  redis.call('XDEL', log, unpack(positions))
end
redis.call('UNLINK', events, payloads)
redis.call('ZREM', streams, ARGV[1])
`;
