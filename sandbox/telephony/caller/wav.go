package caller

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/patchcord/patchcord/sandbox/telephony"
)

const maxWAV = 64 << 20

// WAV writes 8000 Hz mono samples as a file.
func WAV(samples []int16) []byte {
	out := make([]byte, 44, 44+2*len(samples))
	copy(out, "RIFF")
	binary.LittleEndian.PutUint32(out[4:], uint32(36+2*len(samples)))
	copy(out[8:], "WAVEfmt ")
	binary.LittleEndian.PutUint32(out[16:], 16)
	binary.LittleEndian.PutUint16(out[20:], 1)
	binary.LittleEndian.PutUint16(out[22:], 1)
	binary.LittleEndian.PutUint32(out[24:], 8000)
	binary.LittleEndian.PutUint32(out[28:], 16000)
	binary.LittleEndian.PutUint16(out[32:], 2)
	binary.LittleEndian.PutUint16(out[34:], 16)
	copy(out[36:], "data")
	binary.LittleEndian.PutUint32(out[40:], uint32(2*len(samples)))
	for _, s := range samples {
		out = binary.LittleEndian.AppendUint16(out, uint16(s))
	}
	return out
}

// ReadWAV reads 16-bit PCM; of several channels the first. It gives samples and their rate in hertz.
func ReadWAV(body []byte) (samples []int16, rate int, err error) {
	if len(body) < 12 || string(body[:4]) != "RIFF" || string(body[8:12]) != "WAVE" {
		return nil, 0, errors.New("not a WAV file")
	}
	channels := 0
	for at := 12; at+8 <= len(body); {
		name, size := string(body[at:at+4]), int(binary.LittleEndian.Uint32(body[at+4:]))
		data := body[at+8:]
		if size < 0 || size > len(data) {
			size = len(data)
		}
		switch {
		case name == "fmt " && size >= 16:
			channels, rate = int(binary.LittleEndian.Uint16(data[2:])), int(binary.LittleEndian.Uint32(data[4:]))
			if binary.LittleEndian.Uint16(data) != 1 || binary.LittleEndian.Uint16(data[14:]) != 16 || channels < 1 ||
				channels > 8 || rate < 1000 || rate > 200_000 {
				return nil, 0, errors.New("only 16-bit PCM is understood")
			}
		case name == "data" && channels > 0:
			for i := 0; i+2*channels <= size; i += 2 * channels {
				samples = append(samples, int16(binary.LittleEndian.Uint16(data[i:])))
			}
			return samples, rate, nil
		}
		at += 8 + size + size%2
	}
	return nil, 0, errors.New("no sound in the file")
}

// load makes a WAV file something to play, over and over, brought to 8000 Hz.
func load(name string) (telephony.Source, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxWAV {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, maxWAV)
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	samples, rate, err := ReadWAV(body)
	if err != nil || len(samples) == 0 {
		return nil, fmt.Errorf("%s: %w", name, errors.Join(err, errIfEmpty(samples)))
	}
	n := len(samples) * 8000 / rate
	return func(codec telephony.Codec, frame int) []byte {
		out := make([]int16, 160)
		for i := range out {
			out[i] = samples[(frame*160+i)%max(n, 1)*rate/8000%len(samples)]
		}
		return telephony.Encode(codec, out)
	}, nil
}

func errIfEmpty(samples []int16) error {
	if len(samples) == 0 {
		return errors.New("it is silent")
	}
	return nil
}
