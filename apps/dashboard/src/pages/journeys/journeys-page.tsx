export default function Page() {
  return <h1>journeys</h1>;
}
