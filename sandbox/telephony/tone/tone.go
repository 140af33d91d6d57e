// Package tone finds a tone in sound, for tests that listen.
//
// Read first: Share. It knows nothing of telephones.
package tone

import "math"

// Share is how much of the power of samples lies at a frequency, 0 to 1, in their best half second (Goertzel's algorithm).
func Share(samples []int16, rate int, hertz float64) float64 {
	size, best := rate/2, 0.0
	k := 2 * math.Cos(2*math.Pi*hertz/float64(rate))
	for start := 0; start+size <= len(samples); start += size {
		var s1, s2, total float64
		for _, sample := range samples[start : start+size] {
			x := float64(sample) / 32768
			s1, s2 = x+k*s1-s2, s1
			total += x * x
		}
		if total/float64(size) > 1e-5 {
			best = max(best, (s1*s1+s2*s2-k*s1*s2)/(float64(size)/2)/total)
		}
	}
	return best
}
