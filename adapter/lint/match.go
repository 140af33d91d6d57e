package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/flow"
)

// Match is a block that a type which nobody knows may stand for.
type Match struct {
	Type  string  `json:"type"`
	Label string  `json:"label"`
	Score float64 `json:"score"` // 0 is nothing alike, 1 the same inputs, ports and nearly the name
}

// What a match must have to be taken without a person's choice: enough of its own, and more than the next.
const (
	sure  = 0.6
	ahead = 0.1
)

// Matches are the blocks that a type of a flow may stand for, the likeliest first, at most three: by the inputs that the file names, by
// the ports that lead somewhere, and by the name.
func Matches(d flow.Document, p flow.Program, blockType string, blocks flow.Blocks) []Match {
	inputs := d.InputNames(blockType)
	ports := map[flow.Port]bool{}
	for _, a := range p.Actions {
		if a.Type == blockType {
			for port := range a.Ports {
				ports[port] = true
			}
		}
	}
	var found []Match
	for _, b := range blocks.All() {
		if b.Type == flow.Start.Type || b.Type == flow.End.Type || b.Ours {
			continue
		}
		score := 0.5*inputsAlike(inputs, &b) + 0.2*portsAlike(ports, &b) + 0.3*namesAlike(blockType, b.Type)
		if score >= 0.3 {
			found = append(found, Match{b.Type, b.Label, float64(int(score*100+0.5)) / 100})
		}
	}
	slices.SortStableFunc(found, func(x, y Match) int { return cmp.Compare(y.Score, x.Score) })
	return found[:min(3, len(found))]
}

// Sure says whether the first of the matches can be taken without asking.
func Sure(found []Match) bool {
	return len(found) > 0 && found[0].Score >= sure && (len(found) == 1 || found[0].Score-found[1].Score >= ahead)
}

// inputsAlike is 1 for the same inputs. One that only the block has counts half, as files leave out what is unset.
func inputsAlike(names []string, b *flow.Block) float64 {
	if len(names) == 0 && len(b.Inputs) == 0 {
		return 1
	}
	same := 0
	for _, name := range names {
		if b.Input(name) != nil {
			same++
		}
	}
	return float64(same) / (float64(len(names)) + 0.5*float64(len(b.Inputs)-same))
}

func portsAlike(ports map[flow.Port]bool, b *flow.Block) float64 {
	if len(ports) == 0 {
		return 0.5
	}
	same := 0
	for port := range ports {
		if b.HasPort(port) {
			same++
		}
	}
	return float64(same) / float64(len(ports))
}

func namesAlike(a, b string) float64 {
	a, b = strings.ToLower(strings.TrimPrefix(a, "SE_")), strings.ToLower(strings.TrimPrefix(b, "SE_"))
	longest := max(len(a), len(b))
	return max(0, 1-float64(flow.Distance(a, b))/float64(longest))
}
