// Prints the table of vectors in ../vectors.json: what the Datadog Agent's own sketch makes of some lists of values.
// On a processor that fuses * and + into one, last digits may differ from those of amd64.
//
//	go run . > ../vectors.json
package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"sort"
	"strings"

	"github.com/DataDog/datadog-agent/pkg/util/quantile"
)

type vector struct {
	Name string `json:"name"`
	// How the values are made; vectors.test.ts makes the same.
	Recipe    string       `json:"recipe,omitempty"`
	Values    []float64    `json:"values,omitempty"`
	Count     int64        `json:"count"`
	Min       float64      `json:"min"`
	Max       float64      `json:"max"`
	Sum       float64      `json:"sum"`
	Avg       float64      `json:"avg"`
	Bins      string       `json:"bins"`
	Quantiles [][3]float64 `json:"quantiles"`
}

var shares = []float64{0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1}

// The same numbers in every language: whole numbers below 2^31, then divided.
func random(seed uint32) func() float64 {
	state := seed
	return func() float64 {
		state = (state*1103515245 + 12345) & 0x7fffffff
		return float64(state) / (1 << 31)
	}
}

// Only what every language rounds alike: +, -, *, / and powers of two.
var recipes = []struct {
	name, recipe string
	count        int
	value        func(next func() float64, n int) float64
}{
	{"uniform from 0 to 1000", "uniform", 10000, func(next func() float64, _ int) float64 { return next() * 1000 }},
	{"latencies with a long tail", "tail", 10000, func(next func() float64, _ int) float64 {
		value := 20.0
		for i := 0; i < 8; i++ {
			value *= 0.5 + 1.5*next()
		}
		return value / (1 - next())
	}},
	{"both signs", "signs", 10000, func(next func() float64, _ int) float64 {
		a := next() - 0.5
		return a * a * a * 1e6
	}},
	{"more bins than are kept", "wide", 20000, func(next func() float64, n int) float64 {
		value := math.Ldexp(1+next(), n%330-29)
		if n%3 == 0 {
			return -value
		}
		return value
	}},
	{"nearly all alike", "alike", 10000, func(next func() float64, n int) float64 {
		if n%1000 == 999 {
			return 5000 * next()
		}
		return 12.5
	}},
	{"one value 100,000 times", "constant", 100000, func(func() float64, int) float64 { return 3.75 }},
	{"whole numbers to 10,000", "whole", 10000, func(_ func() float64, n int) float64 { return float64(n + 1) }},
}

var lists = []struct {
	name   string
	values []float64
}{
	{"one value", []float64{42.5}},
	{"one negative value", []float64{-0.001}},
	{"two values", []float64{1, 100}},
	{"zeros", []float64{0, 0, 0}},
	{"zero between two signs", []float64{-5, 0, 5}},
	{"too small for a bin", []float64{1e-12, -1e-12, 9.9e-10, 5e-324, 1}},
	{"the smallest with a bin", []float64{1e-9, -1e-9, 1.0001e-9, 2e-9}},
	{"huge", []float64{1e200, 4.1e211, 4.2e211, -4.2e211, 1e300, 1.7e308}},
	{"powers of two", []float64{0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 1024}},
}

func main() {
	var vectors []vector
	for _, list := range lists {
		vectors = append(vectors, record(vector{Name: list.name, Values: list.values}, list.values))
	}
	for _, one := range recipes {
		next := random(1)
		values := make([]float64, one.count)
		for n := range values {
			values[n] = one.value(next, n)
		}
		vectors = append(vectors, record(vector{Name: one.name, Recipe: one.recipe}, values))
	}
	out := json.NewEncoder(os.Stdout)
	fmt.Println("[")
	for i, one := range vectors {
		if i > 0 {
			fmt.Println(",")
		}
		if err := out.Encode(one); err != nil {
			panic(err)
		}
	}
	fmt.Println("]")
}

// Values go in as DogStatsD's do, then come the quantiles: the share, what the Agent's sketch says, what is true.
func record(one vector, values []float64) vector {
	agent := quantile.Agent{}
	for _, value := range values {
		agent.Insert(value, 1)
	}
	sketch := agent.Finish()
	one.Count, one.Min, one.Max, one.Sum, one.Avg = sketch.BasicStats()
	keys, counts := sketch.Cols()
	bins := make([]string, len(keys))
	for i, key := range keys {
		bins[i] = fmt.Sprintf("%d:%d", key, counts[i])
	}
	one.Bins = strings.Join(bins, " ")
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	for _, share := range shares {
		rank := int(math.RoundToEven(share * float64(len(sorted)-1)))
		one.Quantiles = append(one.Quantiles, [3]float64{share, finite(sketch.Quantile(quantile.Default(), share)), sorted[rank]})
	}
	return one
}

// JSON has no infinity, which the Agent's bins for the largest values give.
func finite(value float64) float64 {
	if math.IsNaN(value) {
		return 0
	}
	return math.Max(-math.MaxFloat64, math.Min(math.MaxFloat64, value))
}
