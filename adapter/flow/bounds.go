package flow

import (
	"encoding/json"
	"fmt"
	"math"
	"time"
	"unicode/utf8"
)

// Limits bound a run. Source of the first: documented limit of the original adapter; the others are ours.
const (
	MaxDuration = 60 * time.Second // of its own work and of waiting; the time in which a page or the adapter was away does not count
	MaxSteps    = 1000
	MaxResult   = 256 << 10 // bytes of one block's result, and of one block's inputs
	MaxResults  = 1 << 20   // bytes of all results of a run, and of what is recorded of all its inputs
	MaxRecorded = 4 << 10   // bytes that are recorded of one input
	MaxInputs   = 32 << 20  // bytes of all inputs of a run
)

const (
	perNode  = 4  // bytes that JSON spends on a value or a member beside its text, about
	maxDepth = 64 // of a value; JSON-like values are never so deep
)

// meter measures values as JSON, about, and stops at its limit: a value may be huge, or stand in a map a thousand times.
type meter struct{ left int }

func (m *meter) over() bool { return m.left < 0 }

func (m *meter) take(n int) { m.left -= n }

// add measures a value and everything in it, as far as it goes.
func (m *meter) add(v any) { m.measure(v, 0) }

func (m *meter) measure(v any, depth int) {
	switch v := v.(type) {
	case nil, bool, int:
		m.take(perNode)
	case float64:
		if m.take(perNode); math.IsNaN(v) || math.IsInf(v, 0) {
			m.left = -1 // JSON has no such number
		}
	case string:
		m.text(v)
	case map[string]any:
		for key, inner := range v {
			m.text(key)
			m.inner(inner, depth)
			if m.over() {
				return
			}
		}
		m.take(perNode)
	case []any:
		for _, inner := range v {
			m.inner(inner, depth)
			if m.over() {
				return
			}
		}
		m.take(perNode)
	default:
		body, err := json.Marshal(v)
		if err != nil {
			m.left = -1
		}
		m.take(len(body))
	}
}

func (m *meter) inner(v any, depth int) {
	if depth == maxDepth {
		m.left = -1
		return
	}
	m.measure(v, depth+1)
}

// text counts what JSON escapes as it is written. Text that is too long anyway is not looked at.
func (m *meter) text(s string) {
	m.take(len(s) + perNode)
	if m.over() {
		return
	}
	more := 0
	for i := range len(s) {
		more += int(escapes[s[i]])
	}
	m.take(more)
}

// escapes is how many bytes JSON spends on a byte beside itself.
var escapes = func() (more [256]byte) {
	for c := range ' ' {
		more[c] = 5
	}
	more['<'], more['>'], more['&'], more['"'], more['\\'] = 5, 5, 5, 1, 1
	return more
}()

// recorded is what the journal keeps of an input, with a mark where it was cut, and about how many bytes that are.
func recorded(v any) (any, int) {
	m := meter{left: MaxRecorded}
	m.add(v)
	if !m.over() {
		return v, MaxRecorded - m.left
	}
	whole := text(v)
	end := min(MaxRecorded, len(whole))
	for end > 0 && end < len(whole) && !utf8.RuneStart(whole[end]) {
		end--
	}
	return fmt.Sprintf("%s… (cut: it has %d bytes)", whole[:end], len(whole)), MaxRecorded
}
