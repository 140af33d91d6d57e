package telephony

import (
	"math"
	"sync"
)

const rate = 8000

// Encode turns 16-bit samples into G.711. Source: ITU-T G.711.
func Encode(codec Codec, samples []int16) []byte {
	out := make([]byte, len(samples))
	for i, s := range samples {
		if codec == PCMA {
			out[i] = aLaw(s)
		} else {
			out[i] = muLaw(s)
		}
	}
	return out
}

// Decode turns G.711 into 16-bit samples.
func Decode(codec Codec, frame []byte) []int16 {
	out := make([]int16, len(frame))
	for i, b := range frame {
		if codec == PCMA {
			out[i] = fromALaw(b)
		} else {
			out[i] = fromMuLaw(b)
		}
	}
	return out
}

func muLaw(s int16) byte {
	const bias, clip = 0x84, 32635
	v, sign := int(s), byte(0)
	if v < 0 {
		v, sign = -v, 0x80
	}
	v = min(v, clip) + bias
	exponent := 7
	for mask := 0x4000; exponent > 0 && v&mask == 0; mask >>= 1 {
		exponent--
	}
	return ^(sign | byte(exponent<<4) | byte(v>>(exponent+3)&0x0f))
}

func fromMuLaw(b byte) int16 {
	b = ^b
	v := (int(b&0x0f)<<3+0x84)<<(b>>4&7) - 0x84
	if b&0x80 != 0 {
		v = -v
	}
	return int16(v)
}

func aLaw(s int16) byte {
	v, sign := int(s), byte(0x80)
	if v < 0 {
		v, sign = -v-1, 0
	}
	v = min(v, 32767)
	exponent := 7
	for mask := 0x4000; exponent > 0 && v&mask == 0; mask >>= 1 {
		exponent--
	}
	mantissa := v >> 4 & 0x0f
	if exponent > 0 {
		mantissa = v >> (exponent + 3) & 0x0f
	}
	return (sign | byte(exponent<<4) | byte(mantissa)) ^ 0x55
}

func fromALaw(b byte) int16 {
	b ^= 0x55
	exponent, v := int(b>>4&7), int(b&0x0f)<<4+8
	if exponent > 0 {
		v = (v + 0x100) << (exponent - 1)
	}
	if b&0x80 == 0 {
		v = -v
	}
	return int16(v)
}

// Tone is a steady tone of so many hertz.
func Tone(hertz float64) Source {
	return func(codec Codec, n int) []byte {
		samples := make([]int16, frameSize)
		for i := range samples {
			samples[i] = int16(9000 * math.Sin(2*math.Pi*hertz*float64(n*frameSize+i)/rate))
		}
		return Encode(codec, samples)
	}
}

// Ringback is what a caller hears while the far telephone rings: two seconds of 440 and 480 Hz, four of silence.
func Ringback(codec Codec, n int) []byte {
	samples := make([]int16, frameSize)
	if n%300 < 100 {
		for i := range samples {
			t := float64(n*frameSize+i) / rate
			samples[i] = int16(3000 * (math.Sin(2*math.Pi*440*t) + math.Sin(2*math.Pi*480*t)))
		}
	}
	return Encode(codec, samples)
}

// melody is what waiting callers hear: soft broken chords, eight seconds long, in both codecs.
var melody = sync.OnceValue(func() map[Codec][]byte {
	chords := [][]float64{{262, 330, 392, 523}, {220, 262, 330, 440}, {175, 220, 262, 349}, {196, 247, 294, 392}}
	samples := make([]int16, 8*rate)
	for i := range samples {
		beat := i / (rate / 2)
		hertz := chords[beat/4][beat%4]
		at := float64(i%(rate/2)) / (rate / 2)
		envelope := math.Min(at*20, 1) * math.Exp(-3*at)
		t := 2 * math.Pi * hertz * float64(i) / rate
		samples[i] = int16(6000 * envelope * (math.Sin(t) + 0.3*math.Sin(2*t)))
	}
	return map[Codec][]byte{PCMU: Encode(PCMU, samples), PCMA: Encode(PCMA, samples)}
})

// HoldMusic is the melody, for as long as it takes.
func HoldMusic(codec Codec, n int) []byte {
	all := melody()[codec]
	at := n * frameSize % len(all)
	return all[at : at+frameSize]
}
